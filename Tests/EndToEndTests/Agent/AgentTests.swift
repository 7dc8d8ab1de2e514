import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// `configbus agent`: files of services in any language.
@Suite(.serialized, .timeLimit(.minutes(3)), .showsProcesses) struct AgentTests {
    /// A script that writes down what it finds and fails for contents with a word in them.
    private static func note(_ name: String, _ bench: TestBench, fails word: String) throws -> String {
        let script = bench.path("\(name).sh")
        try bench.write(
            """
            #!/bin/sh
            file=$(cat "$1"); input=$(cat)
            [ "$file" = "$input" ] || file="differs from $input"
            echo "\(name) $CONFIGBUS_VERSION $file" >> '\(bench.path("log"))'
            case $file in *\(word)*) exit 1;; esac

            """, to: "\(name).sh")
        #expect(chmod(script, 0o700) == 0)
        return script
    }

    @Test func aRefusedVersionLeavesTheOldFileAndReloadIsCalledOnceMoreWithIt() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let check = try Self.note("check", bench, fails: "unchecked")
            let reload = try Self.note("reload", bench, fails: "unrun")
            try bench.writeAgentSettings(
                registry,
                [
                    "key: parsing/prod, path: out.json, check: ['\(check)', '{file}'], reload: {command: ['\(reload)', '{file}']}"
                ])
            let reports = try bench.startAgent().reports
            let (one, four) = (#"{"n":1}"#, #"{"n":4}"#)
            try await registry.publish(one, as: bench.parsing)
            try await reports.report("applied", 1, of: bench.parsing)
            try await registry.publish(#"{"unchecked":2}"#, as: bench.parsing)
            let unchecked = try await reports.report("rejected", 2, of: bench.parsing).reason
            #expect(unchecked?.contains("check ended with code 1") == true)
            #expect(bench.text(of: "out.json") == one)
            try await registry.publish(#"{"unrun":3}"#, as: bench.parsing)
            let unrun = try await reports.report("rejected", 3, of: bench.parsing).reason
            #expect(unrun?.contains("is as before, and reload ran with it") == true)
            #expect(bench.text(of: "out.json") == one)
            try await registry.publish(four, as: bench.parsing)
            try await reports.report("applied", 4, of: bench.parsing)
            #expect(bench.text(of: "out.json") == four)
            #expect(
                bench.text(of: "log")?.split(separator: "\n").map(String.init) == [
                    "check 1 \(one)", "reload 1 \(one)", #"check 2 {"unchecked":2}"#, #"check 3 {"unrun":3}"#,
                    #"reload 3 {"unrun":3}"#, "reload 1 \(one)", "check 4 \(four)", "reload 4 \(four)",
                ])
            #expect(try bench.files(like: "out.json") == ["out.json"])
        }
    }

    @Test(arguments: [
        ("env", "DB_PORT='5432'\nHOSTS='a,b'\n"), ("properties", "db.port=5432\nhosts=a,b\n"),
        ("yaml", "db:\n  port: 5432\nhosts:\n  - a\n  - b\n"),
        ("toml", "hosts = [\"a\", \"b\"]\n\n[db]\nport = 5432\n"),
    ])
    func theFileIsInTheNotationThatTheServiceReads(format: String, text: String) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"db":{"port":5432},"hosts":["a","b"]}"#, as: bench.parsing)
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: '{service}.conf', format: \(format), mode: '0640'"])
            let reports = try bench.startAgent().reports
            try await reports.report("applied", 1, of: bench.parsing)
            #expect(bench.text(of: "parsing.conf") == text)
            var facts = stat()
            #expect(stat(bench.path("parsing.conf"), &facts) == 0 && facts.st_mode & 0o777 == 0o640)
            let printed = try await bench.configbus("get", "parsing", "-e", "prod", "-o", format, at: registry)
            #expect(printed.output == text)
        }
    }

    @Test func aVersionThatTheNotationCannotSayIsRejectedWithItsPlace() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"a_b":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.env, format: env"])
            let reports = try bench.startAgent().reports
            try await reports.report("applied", 1, of: bench.parsing)
            try await registry.publish(#"{"a":{"b":"secret"},"a_b":1}"#, as: bench.parsing)
            let reason = try await reports.report("rejected", 2, of: bench.parsing).reason ?? ""
            #expect(reason.contains("/a_b") && reason.contains("/a/b") && !reason.contains("secret"))
            #expect(bench.text(of: "out.env") == "A_B='1'\n")
        }
    }

    @Test func whatIsInEffectIsNotBroughtIntoEffectAgainByARestart() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let reload = try Self.note("reload", bench, fails: "never")
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: out.json, reload: {command: ['\(reload)', '{file}']}"])
            for _ in 1...2 {
                let agent = try bench.startAgent()
                try await agent.reports.report("applied", 1, of: bench.parsing)
                agent.process.send(SIGTERM)
                #expect(try await agent.process.waitForExit() == .exited(0))
            }
            #expect(bench.text(of: "log") == "reload 1 {\"n\":1}\n")
            // What another program wrote there is replaced.
            try bench.write("other", to: "out.json")
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            #expect(bench.text(of: "out.json") == #"{"n":1}"#)
            #expect(bench.text(of: "log") == "reload 1 {\"n\":1}\nreload 1 {\"n\":1}\n")
        }
    }

    @Test(arguments: ["keep", "remove"])
    func aDeletionKeepsOrRemovesTheFileAlsoAfterARestart(policy: String) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json, on_delete: \(policy)"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            let deleted = try await bench.configbus("delete", "parsing", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try await agent.reports.report("deleted", 2, of: bench.parsing)
            if policy == "remove" { try await agent.says("out.json is removed") }
            let left = policy == "keep" ? #"{"n":1}"# : nil
            #expect(bench.text(of: "out.json") == left)
            agent.process.send(SIGTERM)
            #expect(try await agent.process.waitForExit() == .exited(0))
            let second = try bench.startAgent()
            try await second.reports.report("deleted", 2, of: bench.parsing)
            #expect(bench.text(of: "out.json") == left)
            try await registry.publish(#"{"n":3}"#, as: bench.parsing)
            try await second.reports.report("applied", 3, of: bench.parsing)
            #expect(bench.text(of: "out.json") == #"{"n":3}"#)
        }
    }

    @Test func aHangupReadsTheSettingsAgainAndMistakesChangeNothing() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let other = try DocumentKey(service: "other", environment: "prod")
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try await registry.publish(#"{"rate":1}"#, as: other)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            try bench.write("registry: {url: x}\ncach: y\n", to: "agent.yaml")
            agent.process.send(SIGHUP)
            try await agent.says("mistakes; nothing was done")
            try await agent.says("cach is no setting")
            try await registry.publish(#"{"n":2}"#, as: bench.parsing)
            try await agent.reports.report("applied", 2, of: bench.parsing)
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: out.json", "key: other/prod, path: other.json"])
            agent.process.send(SIGHUP)
            try await agent.says("1 added, 0 changed, 0 removed")
            try await agent.reports.report("applied", 1, of: other)
            #expect(bench.text(of: "other.json") == #"{"rate":1}"#)
            try bench.writeAgentSettings(registry, ["key: other/prod, path: other.yaml, format: yaml"])
            agent.process.send(SIGHUP)
            try await agent.says("0 added, 1 changed, 1 removed")
            try await eventually("the file of the changed document") {
                bench.text(of: "other.yaml") == "rate: 1\n" ? () : nil
            }
            // What is followed no longer stays as it is.
            #expect(bench.text(of: "out.json") == #"{"n":2}"#)
        }
    }

    @Test func aFIFOInThePlaceOfTheSettingsHoldsUpNeitherVersionsNorTheEnd() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            try FileManager.default.removeItem(atPath: bench.path("agent.yaml"))
            #expect(mkfifo(bench.path("agent.yaml"), 0o600) == 0)
            agent.process.send(SIGHUP)
            try await agent.says("is a FIFO and no regular file")
            try await registry.publish(#"{"n":2}"#, as: bench.parsing)
            try await agent.reports.report("applied", 2, of: bench.parsing)
            agent.process.send(SIGTERM)
            #expect(try await agent.process.waitForExit() == .exited(0))
        }
    }

    @Test func versionsThatFollowOneAnotherFasterThanTheDebounceAreOneChange() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json, debounce: 2s"])
            let reports = try bench.startAgent().reports
            try await reports.report("applied", 1, of: bench.parsing)
            for number in 2...6 { try await registry.publish("{\"n\":\(number)}", as: bench.parsing) }
            try await reports.report("applied", 6, of: bench.parsing)
            #expect(try reports.applied(bench.parsing) == [1, 6])
            #expect(bench.text(of: "out.json") == #"{"n":6}"#)
        }
    }

    /// What is started after the agent finds its files, also those below a prefix.
    @Test func theServiceManagerLearnsThatItIsReadyWhenEveryFileIsThere() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let tenant = try DocumentKey(service: "tenants.a", environment: "prod")
            for key in [bench.parsing, tenant] { try await registry.publish(#"{"n":1}"#, as: key) }
            try bench.writeAgentSettings(
                registry,
                [
                    "key: parsing/prod, path: out.json, check: [sleep, '0.2']",
                    "prefix: tenants, environment: prod, path: '{service}.json', check: [sleep, '0.4']",
                ])
            let manager = try NotifySocket(bench.path("notify"))
            let agent = try bench.startAgent(environment: ["NOTIFY_SOCKET": bench.path("notify")])
            try await manager.wait(for: "READY=1")
            #expect(bench.text(of: "out.json") == #"{"n":1}"# && bench.text(of: "tenants.a.json") == #"{"n":1}"#)
            try await manager.wait(for: "STATUS=following")
            agent.process.send(SIGTERM)
            #expect(try await agent.process.waitForExit() == .exited(0))
        }
    }

    @Test func oneFolderIsForOneAgent() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json"])
            try await bench.startAgent().says("follows 1 document.")
            let second = try await bench.configbus("agent", "--config", bench.path("agent.yaml"))
            #expect(second.status == .exited(1) && second.errors.contains("in use by another agent"))
        }
    }

    @Test func statusHealthAndMetricsAreThereForThisMachineAndHoldNoValue() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"word":"secret"}"#, as: bench.parsing)
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: out.json", "key: absent/prod, path: absent.json"],
                more: "status: 127.0.0.1:0\n")
            let agent = try bench.startAgent()
            let place = try await agent.statusPlace()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            let (status, code) = try await bench.answer("/status", of: place)
            #expect(code == "200" && status.contains(#""service_name":"parsing""#), "\(status)")
            #expect(status.contains(#""state":"current""#), "\(status)")
            let (health, unhealthy) = try await bench.answer("/health", of: place)
            #expect(unhealthy == "503" && health.contains("absent/prod: unhealthy"), "\(health)")
            let (metrics, _) = try await bench.answer("/metrics", of: place)
            #expect(
                metrics.contains("configbus_agent_outcomes_total{document=\"parsing/prod\",outcome=\"applied\"} 1\n"))
            #expect(metrics.contains("configbus_agent_document_version{document=\"absent/prod\"} 0\n"))
            // A page of the web whose name leads here.
            let (_, foreign) = try await bench.answer("/status", of: place, as: "example.com")
            #expect(foreign == "403")
            #expect(![status, health, metrics].contains { $0.contains("secret") })
        }
    }
}
