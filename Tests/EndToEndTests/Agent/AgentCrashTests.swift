import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

@testable import configbus

/// An agent that is killed at any moment leaves a whole version, and the next one makes right what was under way.
@Suite(.serialized, .timeLimit(.minutes(10)), .showsProcesses) struct AgentCrashTests {
    /// `CONFIGBUS_TEST_KILLS` sets how often; 200 takes two minutes.
    private static var kills: Int {
        ProcessInfo.processInfo.environment["CONFIGBUS_TEST_KILLS"].flatMap { Int($0) } ?? 12
    }

    @Test func killedAtAnyMomentOfAnUpdateTheFileIsOneWholeVersionAndRightAfterTheNextStart() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            var generator = SeededGenerator(seed: 20_261_130)
            // Some of what is between the renames takes a while, so that kills fall there.
            try bench.writeAgentSettings(
                registry,
                ["key: parsing/prod, path: out.json, check: [sleep, '0.02'], reload: {command: [sleep, '0.05']}"])
            var contents: Set<String> = []
            for round in 1...Self.kills {
                let agent = try bench.startAgent()
                let padding = String(repeating: "x", count: Int.random(in: 0..<60_000, using: &generator))
                let content = "{\"n\":\(round),\"padding\":\"\(padding)\"}"
                if round > 1 { try await agent.reports.report("applied", Int64(round - 1), of: bench.parsing) }
                contents.insert(content)
                try await registry.publish(content, as: bench.parsing, overriding: ["blast-radius"])
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<160, using: &generator)))
                try await agent.process.kill9()
                if let text = bench.text(of: "out.json") { #expect(contents.contains(text), "round \(round)") }
            }
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", Int64(Self.kills), of: bench.parsing)
            #expect(bench.text(of: "out.json")?.hasPrefix("{\"n\":\(Self.kills),") == true)
            #expect(try bench.files(like: "out.json") == ["out.json"])
        }
    }

    @Test(arguments: [true, false])
    func aChangeThatWasInterruptedBeforeReloadIsTakenBackWhileTheRegistryIsAway(hadFile: Bool) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let reload = bench.path("reload.sh")
            try bench.write(
                "#!/bin/sh\ncat \"$1\" >> '\(bench.path("served"))'\ngrep -q slow \"$1\" || exit 0\necho > '\(bench.path("runs"))'\nexec sleep 60\n",
                to: "reload.sh")
            #expect(chmod(reload, 0o700) == 0)
            try bench.writeAgentSettings(
                registry,
                ["key: parsing/prod, path: out.json, reload: {command: ['\(reload)', '{file}'], timeout: 60s}"])
            let agent = try bench.startAgent()
            if hadFile {
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                try await agent.reports.report("applied", 1, of: bench.parsing)
            }
            let slow = #"{"n":"slow"}"#
            try await registry.publish(slow, as: bench.parsing)
            try await eventually("the reload of the slow version") { bench.text(of: "runs") }
            #expect(bench.text(of: "out.json") == slow)
            try await agent.process.kill9()
            try await registry.process.kill9()
            let second = try bench.startAgent()
            try await second.says("in the middle of a change")
            #expect(bench.text(of: "out.json") == (hadFile ? #"{"n":1}"# : nil))
            if hadFile {
                try await second.reports.report("applied", 1, of: bench.parsing)
                #expect(
                    bench.text(of: "served") == #"{"n":1}{"n":"slow"}{"n":1}"#, "the service reads the old file again")
            }
            #expect(try bench.files(like: "out.json") == (hadFile ? ["out.json"] : []))
        }
    }

    @Test func whatAnotherProgramPutThereMeanwhileStays() async throws {
        try await withBench(on: nil) { bench in
            let (out, cache) = (bench.path("out.json"), bench.path("cache"))
            let file = AgentRecordFile(of: out, for: bench.parsing, in: cache)
            try file.write(AgentRecord(effective: "sha256:old", pending: "sha256:new"))
            try bench.write("other", to: "out.json")
            try bench.write("half", to: ".configbus-1f-out.json")
            try bench.write("kept", to: ".configbus-1f-a-out.json")
            let files = OutputFiles()
            let isBack = try await files.recover(file)
            #expect(!isBack && bench.text(of: "out.json") == "other")
            #expect(try bench.files(like: "out.json") == [".configbus-1f-a-out.json", "out.json"])
            let record = try await files.record(in: file)
            #expect(record == AgentRecord(effective: "sha256:old", pending: nil))
        }
    }
}
