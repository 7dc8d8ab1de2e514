import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// The signal that makes a version take effect, and the process that it may reach.
@Suite(.serialized, .timeLimit(.minutes(3)), .showsProcesses) struct AgentSignalTests {
    @Test func theProcessOfThePidFileGetsTheSignal() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let service = try bench.start(
                "/bin/sh",
                [
                    "-c", "trap 'echo got' USR1; echo $$ > \"$0\"; echo ready; while :; do sleep 0.05; done",
                    bench.path("pid"),
                ])
            for await line in service.output where line == "ready" { break }
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: out.json, reload: {signal: {name: USR1, pid_file: pid}}"])
            try await bench.startAgent().reports.report("applied", 1, of: bench.parsing)
            for await line in service.output where line == "got" { return }
            Issue.record("\(bench.transcript)")
        }
    }

    @Test(arguments: ["1", "0", "-1", "", "x", "99999999999"])
    func aNumberThatIsNoneOfAServiceIsRefusedAndTheOldFileStays(text: String) async throws {
        try await withBench { bench in
            let reason = try await refusal(bench) { try bench.write(text, to: "pid") }
            #expect(reason.contains("holds no number of a process above 1"), "\(reason)")
        }
    }

    @Test func aProcessThatStartedAfterItsFileWasWrittenIsAnother() async throws {
        try await withBench { bench in
            let other = try bench.start("/bin/sh", ["-c", "echo ready; exec sleep 60"])
            for await line in other.output where line == "ready" { break }
            let reason = try await refusal(bench) {
                try bench.write("\(other.processID)\n", to: "pid")
                let before = Date(timeIntervalSinceNow: -100)
                try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: bench.path("pid"))
            }
            #expect(reason.contains("started after"), "\(reason)")
            #expect(other.exitStatus == nil)
        }
    }

    @Test(arguments: [0o666, 0o602] as [mode_t])
    func aFileThatEveryUserWritesIsNotTrusted(mode: mode_t) async throws {
        try await withBench { bench in
            let reason = try await refusal(bench) {
                try bench.write("\(getpid())\n", to: "pid")
                #expect(chmod(bench.path("pid"), mode) == 0)
            }
            #expect(reason.contains("every user"), "\(reason)")
        }
    }

    @Test(arguments: [nil, "2147483646"])
    func aServiceThatDoesNotRunReadsItsFileWhenItStarts(text: String?) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            if let text { try bench.write(text, to: "pid") }
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try bench.writeAgentSettings(
                registry, ["key: parsing/prod, path: out.json, reload: {signal: {pid_file: pid}}"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            try await agent.says("names no process that runs")
        }
    }

    /// Why a second version is refused with this pid file; the first one came while there was none.
    private func refusal(_ bench: TestBench, _ change: () throws -> Void) async throws -> String {
        let registry = try await bench.startEmbedded()
        try await registry.publish(#"{"n":1}"#, as: bench.parsing)
        try bench.writeAgentSettings(registry, ["key: parsing/prod, path: out.json, reload: {signal: {pid_file: pid}}"])
        let reports = try bench.startAgent().reports
        try await reports.report("applied", 1, of: bench.parsing)
        try change()
        try await registry.publish(#"{"n":2}"#, as: bench.parsing)
        let reason = try await reports.report("rejected", 2, of: bench.parsing).reason ?? ""
        #expect(bench.text(of: "out.json") == #"{"n":1}"#)
        return reason
    }
}
