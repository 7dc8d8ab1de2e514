import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// `configbus serve` alone: a file instead of a database, no broker.
@Suite("Embedded", .serialized, .timeLimit(.minutes(3)), .showsProcesses)
struct EmbeddedTests {
    @Test func versionsSurviveKill9() async throws {
        try await withBench { bench in
            let first = try await bench.startEmbedded()
            for version in 1...5 { try await first.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
            let before = try await first.history(of: bench.parsing)
            try await first.process.kill9()
            let second = try await bench.startEmbedded()
            #expect(try await second.history(of: bench.parsing) == before)
            #expect(HistoryCheck.violations(in: before) == [])
            #expect(try await second.publish(#"{"n": 6}"#, as: bench.parsing).version == 6)
        }
    }

    @Test func noAcknowledgedVersionIsLostByKill9UnderLoad() async throws {
        try await withBench { bench in
            let first = try await bench.startEmbedded()
            try await first.publish("{}", as: bench.parsing)
            let writers = Writers(key: bench.parsing, registries: [first])
            try await withThrowingTaskGroup { group in
                group.addTask { await writers.runUntilCancelled(count: 4) }
                try await eventually("20 acknowledged versions") {
                    writers.recorder.operations.count { $0.version != nil } >= 20
                }
                try await first.process.kill9()
                group.cancelAll()
            }
            let second = try await bench.startEmbedded()
            let history = try await second.history(of: bench.parsing)
            #expect(HistoryCheck.violations(in: history) == [])
            #expect(AcknowledgementCheck.violations(of: writers.recorder.operations, in: history) == [])
        }
    }

    @Test func aWatcherHearsOfChangesAsServerSentEvents() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let watcher = try bench.startWatcher(of: "parsing", at: registry, over: .serverSentEvents)
            for version in 1...3 {
                try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing)
                try await watcher.report("applied", Int64(version), of: bench.parsing)
            }
            #expect(try await registry.status() == .healthy)
        }
    }

    @Test func aSecondRegistryOnTheSameDirectoryIsRefusedAndTheFirstOneGoesOn() async throws {
        try await withBench { bench in
            let first = try await bench.startEmbedded()
            try await first.publish("{}", as: bench.parsing)
            let second = try await bench.configbus(
                bench.serveArguments(store: .embedded(), bus: .inProcess))
            #expect(second.status == .exited(1))
            #expect(second.output == "")
            #expect(second.errors.contains("error: "))
            #expect(try await first.publish("{}", as: bench.parsing).version == 2)
        }
    }

    @Test func aDirectoryThatCannotBeUsedIsRefusedWithItsName() async throws {
        try await withBench { bench in
            try "a file".write(toFile: bench.path("data"), atomically: true, encoding: .utf8)
            let result = try await bench.configbus(
                bench.serveArguments(store: .embedded(), bus: .inProcess))
            #expect(result.status == .exited(1))
            #expect(result.errors.contains(bench.path("data")))
        }
    }

    @Test func aPortThatIsTakenIsRefusedWithItsNumber() async throws {
        try await withBench { bench in
            let first = try await bench.startEmbedded()
            let arguments = try bench.serveArguments(
                store: .embedded(directory: "other"), bus: .inProcess, port: first.port)
            let second = try await bench.configbus(arguments)
            #expect(second.status == .exited(3))
            #expect(second.errors.contains("\(first.port)"))
        }
    }

    @Test func aRegistryWithoutAuthenticationListensOnLoopbackOnly() async throws {
        try await withBench { bench in
            let arguments = try bench.serveArguments(store: .embedded(), bus: .inProcess) + ["--host", "0.0.0.0"]
            let result = try await bench.configbus(arguments)
            #expect(result.status == .exited(2))
            #expect(result.errors.contains("0.0.0.0"))
        }
    }
}
