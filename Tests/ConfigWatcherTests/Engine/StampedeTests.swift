import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@testable import ConfigWatcher

@Suite("Many watchers at once", .timeLimit(.minutes(2)))
struct StampedeTests {
    private static let count = 1_000

    @Test func aThousandThatStartTogetherReadTwiceEachAtMostAndTheSecondTimeForNothingThatTheyHave() async throws {
        let signer = try RecordSigner.generate()
        var history = try TestHistory.numbered(1, signer: signer)
        let scene = WatcherScene(history.head)
        let options = WatcherOptions(trustedKeys: try TrustedKeys([signer.publicKey]))
        let watchers = try (0..<Self.count).map { _ in try scene.watcher(options: options) }
        try await runningAll(watchers) {
            try await eventually("all watchers are current", within: .seconds(60)) {
                watchers.allSatisfy { $0.state == .current }
            }
            try await quiet(scene.registry)
            let start = scene.registry.reads
            #expect(start.count <= 2 * Self.count)
            // Before the registry has spoken, the number of an epoch may be another store's.
            #expect(start.count { $0.etag == nil } <= Self.count)

            // What is signed costs no read.
            try await scene.publish(try history.publish("{\"n\":2}"))
            try await eventually("all watchers have version 2", within: .seconds(60)) {
                watchers.allSatisfy { $0.current.version == 2 }
            }
            try await quiet(scene.registry)
            #expect(scene.registry.reads.count == start.count)
        }
    }

    /// Runs watchers while `body` runs.
    private func runningAll(_ watchers: [ConfigWatcher<Numbered>], _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for watcher in watchers { group.addTask { try await watcher.run() } }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Waits until nothing is read any more.
    private func quiet(_ registry: ScriptedRegistry) async throws {
        try await eventually("silence") {
            let count = registry.reads.count
            try await Task.sleep(for: .milliseconds(300))
            return registry.reads.count == count
        }
    }
}
