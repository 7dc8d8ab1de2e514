import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// A store that comes back from a backup, with versions that are no longer those of the watchers.
    @Suite struct RestoreTests {
        @Test(
            "after a restore and a new epoch every watcher takes what the registry has, lower versions too",
            arguments: TestBench.WatcherSource.allCases)
        func newEpoch(source: TestBench.WatcherSource) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: source)
                for version in 1...3 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                try await watcher.report("applied", 3, of: bench.parsing)
                try await TestDatabase.forgetVersions(after: 1, in: bench.database)
                let result = try await bench.configbus(
                    "admin", "new-epoch", "--mongodb-uri", try bench.databaseURI(), "--output", "json")
                #expect(result.status == .exited(0) && result.errors == "")
                #expect(result.output.hasPrefix(#"{"epoch":"2-"#))
                try await eventually("the registry has noticed the epoch") {
                    guard case .string(let epoch)? = try await registry.client.health().details["epoch"] else {
                        return false
                    }
                    return epoch.hasPrefix("2-")
                }
                let restored = try await registry.publish(#"{"n": "restored"}"#, as: bench.parsing)
                #expect(restored.version == 2 && restored.epoch.number == 2)
                let line = try await watcher.report("applied", 2, of: bench.parsing, hash: restored.content.hash)
                #expect(line.contentHash == restored.content.hash)
            }
        }

        @Test("a restored file is taken over by a watcher that saw newer versions")
        func restoredFile() async throws {
            try await withBench { bench in
                let files = FileManager.default
                var registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await stop(registry)
                try files.copyItem(atPath: bench.path("data"), toPath: bench.path("backup"))
                registry = try await bench.startEmbedded()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: .serverSentEvents)
                for version in 2...4 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                try await watcher.report("applied", 4, of: bench.parsing)
                let port = registry.port
                try await stop(registry)
                try files.removeItem(atPath: bench.path("data"))
                try files.moveItem(atPath: bench.path("backup"), toPath: bench.path("data"))
                let result = try await bench.configbus("admin", "new-epoch", "--data-dir", bench.path("data"))
                #expect(result.status == .exited(0) && result.output.hasPrefix("epoch 2-"))
                registry = try await bench.startRegistry(store: .embedded(), bus: .inProcess, port: port)
                let first = try #require(try await registry.history(of: bench.parsing).first)
                try await watcher.report("applied", 1, of: bench.parsing, hash: first.content.hash)
            }
        }

        @Test("the epoch of an empty store is left alone")
        func emptyStore() async throws {
            try await withBench { bench in
                let result = try await bench.configbus("admin", "new-epoch", "--data-dir", bench.path("nothing"))
                #expect(result.status == .exited(1) && result.errors.contains("--data-dir"))
            }
        }

        private func stop(_ registry: RunningRegistry) async throws {
            registry.process.send(SIGTERM)
            _ = try await registry.process.waitForExit()
        }
    }
}
