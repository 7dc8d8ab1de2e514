import ConfigModel
import ConfigSignatures
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// A store that comes back from a backup, with versions that are no longer those of the watchers.
    @Suite struct RestoreTests {
        @Test(arguments: TestBench.WatcherSource.allCases)
        func afterARestoreAndANewEpochEveryWatcherTakesWhatTheRegistryHasLowerVersionsToo(
            source: TestBench.WatcherSource
        ) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: source)
                for version in 1...3 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                try await watcher.report("applied", 3, of: bench.parsing)
                try await TestDatabase.forgetVersions(after: 1, in: bench.database)
                let result = try await bench.configbus(
                    "admin", "new-epoch", "--mongodb-uri", try bench.databaseURI(), "--output", "json")
                #expect(result.status == .exited(0) && result.errors == "")
                let epoch = try #require(Epoch(parsing: result.object().string("epoch")))
                try await eventually("the registry has noticed the epoch") {
                    try await registry.client.health().details["epoch"] == .string(epoch.description)
                }
                let restored = try await registry.publish(#"{"n": "restored"}"#, as: bench.parsing)
                #expect(restored.version == 2 && restored.epoch == epoch)
                let line = try await watcher.report("applied", 2, of: bench.parsing, hash: restored.content.hash)
                #expect(line.contentHash == restored.content.hash)
            }
        }

        @Test func aRestoredFileIsTakenOverByAWatcherThatSawNewerVersions() async throws {
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
                #expect(result.status == .exited(0) && result.output.hasPrefix("epoch "))
                registry = try await bench.startRegistry(store: .embedded(), bus: .inProcess, port: port)
                let first = try #require(try await registry.history(of: bench.parsing).first)
                try await watcher.report("applied", 1, of: bench.parsing, hash: first.content.hash)
            }
        }

        @Test func aSignedStoreWithoutTheStepEveryWatcherSaysWhatToDoWithItTheyFollowAlsoTwice() async throws {
            try await withBench { bench in
                let files = FileManager.default
                let keys = try await bench.keys()
                let options = ["--signing-key", keys.private]
                var registry = try await bench.startEmbedded(options)
                let port = registry.port
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await stop(registry)
                try files.copyItem(atPath: bench.path("data"), toPath: bench.path("backup"))
                let first = try await newEpoch(bench, "--output", "json").object().string("epoch")
                let epoch = try #require(Epoch(parsing: first))
                registry = try await bench.startEmbedded(options, port: port)
                for version in 2...3 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                let watchers = try [[], ["--trusted-keys", keys.public]].map {
                    try bench.startWatcher(of: "parsing", at: registry, over: .serverSentEvents, $0)
                }
                for watcher in watchers { try await watcher.report("applied", 3, of: bench.parsing) }

                try await stop(registry)
                try files.removeItem(atPath: bench.path("data"))
                try files.copyItem(atPath: bench.path("backup"), toPath: bench.path("data"))
                registry = try await bench.startEmbedded(options, port: port)
                for watcher in watchers {
                    let line = try await watcher.report("rejected", 1, of: bench.parsing)
                    #expect(line.reason?.contains("configbus admin new-epoch") == true)
                }
                // Numbers come from the time, in seconds.
                try await eventually("a later second") { Timestamp.now.milliseconds / 1_000 > epoch.number }
                for count in 2...3 {
                    try await stop(registry)
                    #expect(try await newEpoch(bench).status == .exited(0))
                    registry = try await bench.startEmbedded(options, port: port)
                    for watcher in watchers {
                        try await eventually("the epoch is followed for the \(count - 1). time") {
                            try watcher.applied(bench.parsing).suffix(count - 1)
                                == Array(repeating: 1, count: count - 1)
                        }
                    }
                }
            }
        }

        @Test func aSignedStoresEpochIsNotChangedWithoutTheKey() async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                let registry = try await bench.startEmbedded(["--signing-key", keys.private])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await stop(registry)
                try FileManager.default.moveItem(atPath: keys.private, toPath: bench.path("moved.key"))
                let refused = try await newEpoch(bench)
                #expect(refused.status == .exited(1) && refused.errors.contains("--signing-key"))
                let done = try await newEpoch(bench, "--signing-key", bench.path("moved.key"))
                #expect(done.status == .exited(0) && done.output.contains("signed with the key"))
            }
        }

        @Test func aKeyThatSignedNothingInTheStoreIsRefusedByNameUnlessItIsSaidToBeNew() async throws {
            try await withBench { bench in
                let (keys, other) = (try await bench.keys(), try await bench.keys("other"))
                let registry = try await bench.startEmbedded(["--signing-key", keys.private])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await stop(registry)
                let keyID = try RecordSigner(parsing: String(contentsOfFile: keys.private, encoding: .utf8)).keyID
                let refused = try await newEpoch(bench, "--signing-key", other.private)
                #expect(refused.status == .exited(1) && refused.errors.contains(keyID))
                #expect(refused.errors.contains("--new-key") && refused.errors.contains("Nothing was changed"))
                for options in [["--signing-key", other.private, "--new-key"], ["--signing-key", keys.private]] {
                    let done = try await bench.configbus(
                        ["admin", "new-epoch", "--data-dir", bench.path("data")] + options)
                    #expect(done.status == .exited(0) && done.output.contains("signed with the key"))
                }
            }
        }

        private func newEpoch(_ bench: TestBench, _ options: String...) async throws -> CommandResult {
            try await bench.configbus(["admin", "new-epoch", "--data-dir", bench.path("data")] + options)
        }

        @Test func theEpochOfAnEmptyStoreIsLeftAlone() async throws {
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
