import ConfigModel
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Services run on while their registry is away.
    @Suite struct RegistryAwayTests {
        @Test(arguments: TestBench.WatcherSource.allCases)
        func aWatcherRunsOnBelievesNothingThatItCannotProveAndCatchesUpWhenItsRegistryIsBack(
            source: TestBench.WatcherSource
        ) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let other = try await bench.startRegistry()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: source)
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                try await registry.process.kill9()
                for version in 2...4 { try await other.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                #expect(watcher.process.exitStatus == nil)
                #expect(try watcher.applied(bench.parsing) == [1])
                _ = try await bench.startRegistry(port: registry.port)
                try await watcher.report("applied", 4, of: bench.parsing)
                let history = try await other.history(of: bench.parsing)
                #expect(WatcherCheck.violations(of: try watcher.lines(), for: history) == [])
            }
        }

        @Test(arguments: TestBench.WatcherSource.allCases)
        func aWatcherThatStartsBeforeItsRegistryWaitsForIt(source: TestBench.WatcherSource) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await registry.process.kill9()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: source)
                _ = try await bench.startRegistry(port: registry.port)
                try await watcher.report("applied", 1, of: bench.parsing)
            }
        }

        @Test func anAuditPausesWhileItsRegistryIsAwayAndThenWritesWhatHappenedMeanwhile() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let other = try await bench.startRegistry()
                let audit = try bench.startAudit(of: registry)
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await audit.entries(1, about: bench.parsing)
                try await registry.process.kill9()
                for version in 2...4 { try await other.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                _ = try await bench.startRegistry(port: registry.port)
                let entries = try await audit.entries(4, about: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: try await other.history(of: bench.parsing)) == [])
                #expect(audit.process.exitStatus == nil)
            }
        }
    }
}
