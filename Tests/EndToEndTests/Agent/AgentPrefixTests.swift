import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// All documents below a prefix, each with a file of its own.
@Suite(.serialized, .timeLimit(.minutes(3)), .showsProcesses) struct AgentPrefixTests {
    @Test func whatIsThereAndWhatComesGetsAFileAndWhatGoesLosesIt() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let keys = try ["tenants.a", "tenants.b", "tenants2"].map {
                try DocumentKey(service: $0, environment: "prod")
            }
            for key in [keys[0], keys[2]] { try await registry.publish(#"{"n":1}"#, as: key) }
            try bench.writeAgentSettings(
                registry, ["prefix: tenants, environment: prod, path: '{service}.json', on_delete: remove"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: keys[0])
            try await registry.publish(#"{"n":2}"#, as: keys[1])
            try await agent.reports.report("applied", 1, of: keys[1])
            #expect(bench.text(of: "tenants.a.json") == #"{"n":1}"#)
            #expect(bench.text(of: "tenants.b.json") == #"{"n":2}"#)
            #expect(bench.text(of: "tenants2.json") == nil)
            let deleted = try await bench.configbus("delete", "tenants.a", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try await agent.says("tenants.a.json is removed")
            #expect(bench.text(of: "tenants.a.json") == nil)
            // The settings of a prefix change like those of a document.
            try bench.writeAgentSettings(
                registry, ["prefix: tenants, environment: prod, path: '{service}.env', format: env"])
            agent.process.send(SIGHUP)
            try await agent.says("0 added, 1 changed, 0 removed")
            try await eventually("the file in the other notation") {
                bench.text(of: "tenants.b.env") == "N='2'\n" ? () : nil
            }
        }
    }

    private static func tenants() throws -> [DocumentKey] {
        try ["tenants.a", "tenants.b"].map { try DocumentKey(service: $0, environment: "prod") }
    }

    /// Two tenants in effect by an agent that was stopped.
    private static func leaveTenants(
        _ bench: TestBench, _ registry: RunningRegistry, more: String = ""
    ) async throws -> [DocumentKey] {
        let keys = try tenants()
        for key in keys { try await registry.publish(#"{"n":1}"#, as: key) }
        try bench.writeAgentSettings(
            registry, ["prefix: tenants, environment: prod, path: '{service}.json'\(more)"],
            more: "status: 127.0.0.1:0\n")
        let agent = try bench.startAgent()
        for key in keys { try await agent.reports.report("applied", 1, of: key) }
        agent.process.send(SIGTERM)
        #expect(try await agent.process.waitForExit() == .exited(0))
        return keys
    }

    @Test func whatIsInTheCacheIsInEffectWhileTheRegistryIsAway() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let keys = try await Self.leaveTenants(bench, registry)
            try await registry.process.kill9()
            try bench.write("broken", to: "tenants.a.json")
            try FileManager.default.removeItem(atPath: bench.path("tenants.b.json"))
            let agent = try bench.startAgent()
            for key in keys { try await agent.reports.report("applied", 1, of: key) }
            #expect(bench.text(of: "tenants.a.json") == #"{"n":1}"#)
            #expect(bench.text(of: "tenants.b.json") == #"{"n":1}"#)
            // Nothing says that these are all there are.
            let place = try await agent.statusPlace()
            let (health, code) = try await bench.answer("/health", of: place)
            #expect(code == "200" && health.contains(#""status":"degraded""#), "\(health)")
            #expect(health.contains("tenants/prod has not been read yet"), "\(health)")
            let again = try await bench.startEmbedded(port: registry.port)
            try await again.publish(#"{"n":2}"#, as: keys[0])
            try await agent.reports.report("applied", 2, of: keys[0])
            try await eventually("a healthy agent") {
                try await bench.answer("/health", of: place).text.contains(#""status":"healthy""#) ? () : nil
            }
        }
    }

    @Test func aPrefixThatWasNeverReadIsUnhealthy() async throws {
        try await withBench(on: nil) { bench in
            try bench.write(
                """
                registry: {url: 'http://127.0.0.1:9'}
                cache: cache
                status: 127.0.0.1:0
                documents: [{prefix: tenants, environment: prod, path: '{service}.json'}]

                """, to: "agent.yaml")
            let agent = try bench.startAgent()
            let place = try await agent.statusPlace()
            let (health, code) = try await bench.answer("/health", of: place)
            #expect(code == "503" && health.contains("tenants/prod has not been read yet"), "\(health)")
            let (status, _) = try await bench.answer("/status", of: place)
            #expect(status.contains(#""prefix":"tenants""#), "\(status)")
            let (metrics, _) = try await bench.answer("/metrics", of: place)
            #expect(metrics.contains("configbus_agent_prefix_up{prefix=\"tenants/prod\"} 0\n"), "\(metrics)")
        }
    }

    @Test(arguments: ["keep", "remove"])
    func aDeletionWhileNoAgentRunsCountsAtTheNextStart(policy: String) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let keys = try await Self.leaveTenants(bench, registry, more: ", on_delete: \(policy)")
            let deleted = try await bench.configbus("delete", "tenants.a", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            let agent = try bench.startAgent()
            try await agent.reports.report("deleted", 2, of: keys[0])
            try await agent.reports.report("applied", 1, of: keys[1])
            if policy == "remove" { try await agent.says("tenants.a.json is removed") }
            let left = policy == "keep" ? #"{"n":1}"# : nil
            #expect(bench.text(of: "tenants.a.json") == left)
            // What is gone is not waited for.
            let place = try await agent.statusPlace()
            let health = try await bench.answer("/health", of: place).text
            #expect(health.contains(#""documents":1"#) && health.contains(#""status":"healthy""#), "\(health)")
            // It comes and goes while the agent runs, too.
            try await registry.publish(#"{"n":3}"#, as: keys[0])
            try await agent.reports.report("applied", 3, of: keys[0])
            #expect(bench.text(of: "tenants.a.json") == #"{"n":3}"#)
        }
    }

    /// The same when the settings name the prefix again while the agent runs.
    @Test func aDeletionWhileThePrefixWasNotFollowedCountsWhenItIsAgain() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let keys = try await Self.leaveTenants(bench, registry)
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            let deleted = try await bench.configbus("delete", "tenants.a", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try bench.writeAgentSettings(
                registry,
                [
                    "key: parsing/prod, path: out.json",
                    "prefix: tenants, environment: prod, path: '{service}.json', on_delete: remove",
                ])
            agent.process.send(SIGHUP)
            try await agent.says("tenants.a.json is removed")
            try await agent.reports.report("applied", 1, of: keys[1])
            #expect(bench.text(of: "tenants.b.json") == #"{"n":1}"#)
        }
    }

    @Test func aPrefixIsReadWhenItsDocumentsAreListedOverABrokerToo() async throws {
        try await withBench { bench in
            let registry = try await bench.startRegistry(store: .embedded(), bus: .rabbitMQ())
            let key = try Self.tenants()[0]
            try await registry.publish(#"{"n":1}"#, as: key)
            try bench.write(try bench.brokerURI(), to: "amqp")
            try bench.writeAgentSettings(
                registry, ["prefix: tenants, environment: prod, path: '{service}.json'"],
                more: "status: 127.0.0.1:0\namqp: {uri_file: amqp, exchange: \(bench.exchange)}\n")
            let agent = try bench.startAgent()
            let place = try await agent.statusPlace()
            try await agent.reports.report("applied", 1, of: key)
            try await eventually("a healthy agent") {
                try await bench.answer("/health", of: place).text.contains(#""status":"healthy""#) ? () : nil
            }
        }
    }

    @Test func aRegistryThatNeverKnewADocumentTakesNothingAway() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let keys = try await Self.leaveTenants(bench, registry, more: ", on_delete: remove")
            try await registry.process.kill9()
            _ = try await bench.startEmbedded(directory: "other", port: registry.port)
            let agent = try bench.startAgent()
            let reason = try await agent.reports.report("rejected", 1, of: keys[0]).reason ?? ""
            #expect(reason.contains("does not know this document"), "\(reason)")
            #expect(bench.text(of: "tenants.a.json") == #"{"n":1}"#)
        }
    }

    @Test func aReferenceToASecretIsWrittenAsItIs() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let key = try Self.tenants()[0]
            let text = #"{"password":{"$secret":"file:/run/secrets/password"}}"#
            try await registry.publish(text, as: key)
            try bench.writeAgentSettings(registry, ["prefix: tenants, environment: prod, path: '{service}.json'"])
            try await bench.startAgent().reports.report("applied", 1, of: key)
            #expect(bench.text(of: "tenants.a.json") == text)
        }
    }

    @Test func whatWouldHaveTwoFilesOrNoneOfItsOwnIsRefused() async throws {
        try await withBench(on: nil) { bench in
            try bench.write(
                """
                registry: {url: 'http://127.0.0.1:9'}
                cache: cache
                documents:
                  - {prefix: tenants, environment: prod, path: '{service}.json'}
                  - {key: tenants.a/prod, path: a.json}
                  - {prefix: tenants.b, environment: prod, path: 'b/{service}.json'}
                  - {prefix: tenants.b, environment: test, path: one.json}
                  - {prefix: x, key: x/prod, path: '{service}.yaml'}
                  - {key: y/prod, environment: prod, path: y.json}

                """, to: "agent.yaml")
            let result = try await bench.configbus("agent", "check", bench.path("agent.yaml"))
            #expect(result.status == .exited(2))
            for part in [
                "documents.1 follows what documents.0 follows too", "documents.2 follows what documents.0 follows too",
                "documents.2.path cannot be written to safely", "documents.3.path must have {service}",
                "documents.4 must have either key or prefix", "documents.5.environment is for a prefix",
            ] {
                #expect(result.errors.contains(part), "\(part)\n\(result.errors)")
            }
        }
    }
}
