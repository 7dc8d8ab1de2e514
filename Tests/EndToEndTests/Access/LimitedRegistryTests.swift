import ConfigAccess
import ConfigModel
import Foundation
import TestSupport
import Testing

/// Limits at the command line: how they are set, and that commands keep to them.
@Suite(.timeLimit(.minutes(2)), .showsProcesses) struct LimitedRegistryTests {
    @Test func aCommandThatComesTooEarlyWaitsAndSucceeds() async throws {
        try await withBench(on: nil) { bench in
            let access = try await AccessBench(bench, ["--rate-write", "1/1"])
            for number in 0..<3 {
                let result = try await access.run("publish", "parsing", "-", input: "{\"n\":\(number)}")
                #expect(result.status == .exited(0), "\(result.errors)")
            }
            let refusals = try await eventually("an entry of a refusal") {
                let log = try await access.run("audit", "access", "--type", "rate-limited", "-o", "json")
                return log.output.contains(#""type":"rate-limited""#) ? log.output : nil
            }
            #expect(refusals.contains(#""action":"writeDocument""#) && !refusals.contains("cbt_"))
        }
    }

    @Test func refusalsAreWrittenWhenTheRegistryEndsAndAreLinesOfItsLog() async throws {
        try await withBench(on: nil) { bench in
            let access = try await AccessBench(bench)
            for _ in 0..<5 {
                let refused = try await access.run("list", token: "wrong")
                #expect(refused.status == .exited(4))
            }
            access.registry.process.send(SIGTERM)
            #expect(try await access.registry.process.waitForExit() == .exited(0))
            #expect(access.registry.process.transcript.contains("refused"))
            let again = try await bench.startEmbedded(["--auth", "required"])
            let admin = try bench.token(in: bench.path("admin.token")).secretText
            let log = try await bench.configbus(
                ["audit", "access", "--type", "unauthenticated", "-o", "json"], at: again,
                environment: ["CONFIGBUS_TOKEN": admin])
            var entries: [JSONValue] = []
            if case .array(let list) = try log.json() { entries = list }
            let counts = entries.map { entry -> Int64 in
                guard case .object(let object) = entry, case .number(let count)? = object["count"] else { return 0 }
                return count.int64 ?? 0
            }
            // A command may have tried more than once.
            #expect(counts.count == 2 && counts.contains(1) && counts.reduce(0, +) >= 5, "\(log.output)")
        }
    }

    @Test(arguments: ["fast", "5", "0/5", "5/0", "-1/2"])
    func whatIsNoLimitIsRefusedAtTheStart(_ text: String) async throws {
        try await withBench(on: nil) { bench in
            let result = try await bench.configbus(["serve", "--port", "0", "--rate-read=\(text)"])
            #expect(result.status == .exited(2) && result.errors.contains("1000/2000"), "\(result.errors)")
        }
    }
}
