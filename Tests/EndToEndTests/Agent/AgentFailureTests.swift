import ConfigModel
import Foundation
import Glibc
import RegistryClient
import TestSupport
import Testing

/// What goes wrong around a version leaves the old file, and is over when it is mended.
@Suite(.serialized, .timeLimit(.minutes(3)), .showsProcesses) struct AgentFailureTests {
    @Test(arguments: ["check", "reload"])
    func whatTakesTooLongIsEndedAndTheOldFileIsInEffect(name: String) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            for script in ["check", "reload"] {
                let hangs = script == name ? "grep -q slow \"$1\" && exec sleep 60" : ""
                try bench.write(
                    "#!/bin/sh\necho \"\(script) $(cat \"$1\")\" >> '\(bench.path("log"))'\n\(hangs)\nexit 0\n",
                    to: "\(script).sh")
                #expect(chmod(bench.path("\(script).sh"), 0o700) == 0)
            }
            try bench.writeAgentSettings(
                registry,
                [
                    "key: parsing/prod, path: out.json, check: {command: [./check.sh, '{file}'], timeout: 500ms}, "
                        + "reload: {command: [./reload.sh, '{file}'], timeout: 500ms}"
                ])
            let reports = try bench.startAgent().reports
            let (one, slow) = (#"{"n":1}"#, #"{"n":"slow"}"#)
            try await registry.publish(one, as: bench.parsing)
            try await reports.report("applied", 1, of: bench.parsing)
            try await registry.publish(slow, as: bench.parsing)
            let reason = try await reports.report("rejected", 2, of: bench.parsing).reason ?? ""
            #expect(reason.contains("\(name) took longer than 500 ms and was ended"), "\(reason)")
            #expect(bench.text(of: "out.json") == one)
            let end = name == "check" ? ["check \(slow)"] : ["check \(slow)", "reload \(slow)", "reload \(one)"]
            #expect(
                bench.text(of: "log")?.split(separator: "\n").map(String.init) == [
                    "check \(one)", "reload \(one)",
                ] + end)
            #expect(try bench.files(like: "out.json") == ["out.json"])
        }
    }

    @Test func aLinkInThePlaceOfTheFileIsRefusedByNameAndWhatItLeadsToStays() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json"])
            let agent = try bench.startAgent()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try await agent.reports.report("applied", 1, of: bench.parsing)
            try bench.write("other", to: "other")
            try FileManager.default.removeItem(atPath: bench.path("out.json"))
            try FileManager.default.createSymbolicLink(
                atPath: bench.path("out.json"), withDestinationPath: bench.path("other"))
            try await registry.publish(#"{"n":2}"#, as: bench.parsing)
            let reason = try await agent.reports.report("rejected", 2, of: bench.parsing).reason ?? ""
            #expect(reason.contains("out.json is a symbolic link"), "\(reason)")
            #expect(bench.text(of: "other") == "other")
            try FileManager.default.removeItem(atPath: bench.path("out.json"))
            agent.process.send(SIGHUP)
            try await agent.reports.report("applied", 2, of: bench.parsing)
            #expect(bench.text(of: "out.json") == #"{"n":2}"# && bench.text(of: "other") == "other")
        }
    }

    @Test func aFolderThatVanishesIsNoFaultOfTheVersion() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let folder = bench.path("folder")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            try bench.writeAgentSettings(registry, ["key: parsing/prod, path: folder/out.json"])
            let agent = try bench.startAgent()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try await agent.reports.report("applied", 1, of: bench.parsing)
            try FileManager.default.removeItem(atPath: folder)
            try await registry.publish(#"{"n":2}"#, as: bench.parsing)
            let reason = try await agent.reports.report("rejected", 2, of: bench.parsing).reason ?? ""
            #expect(reason.contains("does not exist") && reason.contains("tried again"), "\(reason)")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            agent.process.send(SIGHUP)
            try await agent.reports.report("applied", 2, of: bench.parsing)
            #expect(bench.text(of: "folder/out.json") == #"{"n":2}"#)
        }
    }

    /// 150 operations of three kinds.
    @Test func theNumbersOfMetricsAreThoseOfTheReports() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: out.json, check: [grep, -qv, bad, '{file}']"],
                more: "status: 127.0.0.1:0\n")
            let agent = try bench.startAgent()
            let place = try await agent.statusPlace()
            let kinds = ["applied", "deleted", "rejected", "rolled_back"]
            func counts() async throws -> [String: Int] {
                let (text, code) = try await bench.answer("/metrics", of: place)
                #expect(code == "200")
                return try kinds.reduce(into: [:]) { counts, kind in
                    let name = "configbus_agent_outcomes_total{document=\"parsing/prod\",outcome=\"\(kind)\"} "
                    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
                    counts[kind] = Int(line.dropFirst(name.count).prefix { $0.isNumber })
                }
            }
            #expect(try await counts() == ["applied": 0, "deleted": 0, "rejected": 0, "rolled_back": 0])
            for number in 1...150 {
                let outcome = number % 10 == 3 ? "rejected" : number % 10 == 7 ? "deleted" : "applied"
                if outcome == "deleted" {
                    _ = try await registry.client.delete(bench.parsing)
                } else {
                    let word = outcome == "rejected" ? "bad" : "good"
                    try await registry.publish("{\"n\":\(number),\"word\":\"\(word)\"}", as: bench.parsing)
                }
                try await agent.reports.report(outcome, Int64(number), of: bench.parsing)
            }
            let expected = ["applied": 120, "deleted": 15, "rejected": 15, "rolled_back": 0]
            let lines = try agent.reports.lines(about: bench.parsing)
            #expect(Dictionary(grouping: lines, by: \.outcome).mapValues(\.count) == expected.filter { $0.value > 0 })
            #expect(try await counts() == expected)
        }
    }
}
