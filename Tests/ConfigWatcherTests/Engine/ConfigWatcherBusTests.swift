import ConfigModel
import ConfigSignatures
import ConfigWatcherSchemas
import EventBus
import RegistrySource
import TestSupport
import Testing
import WatcherCore

@testable import ConfigWatcher

@Suite("A watcher on the bus", .timeLimit(.minutes(1)))
struct ConfigWatcherBusTests {
    @Test func itLoadsTheHeadThenFollowsWhatIsPublished() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            #expect(watcher.current.value == Numbered(n: 1))
            for version in 2...5 {
                try await scene.publish(try history.publish("{\"n\":\(version)}"))
                _ = try await outcome(.applied, Int64(version), in: &outcomes)
                #expect(watcher.current.value == Numbered(n: version) && watcher.current.version == Int64(version))
            }
            #expect(watcher.state == .current)
        }
        #expect(watcher.state == .stopped)
        await #expect(throws: OutcomesEnded.self) { try await outcome(.applied, 99, in: &outcomes) }
    }

    @Test func onceItIsBoundWhatIsStoredIsReadNotForWhatItRemembers() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try scene.watcher()
        try await running(watcher) {
            // An event from before the binding may be newer than the registry's memory.
            try await eventually("bound and read") { scene.registry.reads.contains { $0.isFresh } }
            #expect(watcher.state != .stopped)
        }
    }

    @Test func poisonAndForgedEventsChangeNothingAndStopNothing() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        let lie = try TestHistory(contents: (1...99).map { "{\"n\":\(1_000 + $0)}" })
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await eventually("bound and read") { scene.registry.reads.contains { $0.isFresh } }
            for body in ["", "not json", "[1]", "{}", String(repeating: "{\"a\":", count: 5_000)] {
                try await scene.announce(Array(body.utf8), key: history.key)
            }
            try await scene.announce([0xff, 0xfe], key: history.key)
            for version in [1, 2, 50, 99] { try await scene.announce(lie.event(version)) }
            try await scene.publish(try history.publish("{\"n\":2}"))
            let applied = try await outcome(.applied, 2, in: &outcomes)
            #expect(applied.contentHash == history.version(2).content.hash)
            #expect(watcher.statistics.unreadableEvents == 6)
            #expect(watcher.statistics.successes == 2)
        }
    }

    @Test func withoutKeysEachEventCostsOneReadWhichNamesItsVersion() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await eventually("bound and read") { scene.registry.reads.count >= 2 }
            let reads = scene.registry.reads.count
            for version in 2...20 {
                try await scene.publish(try history.publish("{\"n\":\(version)}"))
                _ = try await outcome(.applied, Int64(version), in: &outcomes)
            }
            let questions = scene.registry.reads.dropFirst(reads)
            #expect(questions.map(\.minimumVersion) == (2...20).map { $0 })
            #expect(questions.map(\.etag) == (2...20).map { "\"1.\($0)\"" })
            #expect(watcher.statistics.unprovenEvents == 19)
        }
    }

    @Test func aMessageThatIsNamedLikeTheNextVersionAndCannotBeReadHoldsNothingUp() async throws {
        var history = try TestHistory.numbered(2)
        let scene = WatcherScene(history.version(1))
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(history.version(2))
            _ = try await outcome(.applied, 2, in: &outcomes)
            try history.publish("{\"n\":3}")
            try await scene.announce(Array("poison".utf8), key: history.key, as: history.event(3).eventID)
            try await scene.publish(history.version(3))
            _ = try await outcome(.applied, 3, in: &outcomes)
            #expect(watcher.statistics.unreadableEvents == 1)
        }
    }

    @Test func signedEventsNeedNoReadOfTheRegistry() async throws {
        let signer = try RecordSigner.generate()
        var history = try TestHistory.numbered(1, signer: signer)
        let scene = WatcherScene(history.head)
        let options = WatcherOptions(trustedKeys: try TrustedKeys([signer.publicKey]))
        let watcher = try scene.watcher(options: options)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await eventually("bound and read") { scene.registry.reads.count >= 2 }
            let reads = scene.registry.reads.count
            for version in 2...20 {
                try await scene.publish(try history.publish("{\"n\":\(version)}"))
                _ = try await outcome(.applied, Int64(version), in: &outcomes)
            }
            #expect(scene.registry.reads.count == reads)
        }
    }

    @Test func withTrustedKeysAnUnsignedRegistryIsRefusedAndReportedAndNothingRuns() async throws {
        let history = try TestHistory.numbered(3)
        let scene = WatcherScene(history.head)
        let options = WatcherOptions(trustedKeys: try TrustedKeys([RecordSigner.generate().publicKey]))
        let watcher = try scene.watcher(options: options)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            let rejected = try await outcome(.rejected, 3, in: &outcomes)
            #expect(rejected.reason?.contains("not signed") == true)
            #expect(watcher.current.value == nil)
            #expect(watcher.state == .rejected)
        }
    }

    @Test func aBurstIsAppliedInFewerReloadsThanItHasVersionsTheLastOneForCertain() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        watcher.onReload("slow") { _, _ in try await Task.sleep(for: .milliseconds(20)) }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            for version in 2...100 { try await scene.publish(try history.publish("{\"n\":\(version)}")) }
            _ = try await outcome(.applied, 100, in: &outcomes)
            #expect(watcher.statistics.reloads < 50)
        }
    }

    @Test func aLostLastEventIsMadeGoodByThePoll() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: WatcherOptions(pollInterval: .milliseconds(50)))
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            scene.registry.set(try history.publish("{\"n\":2}"))
            _ = try await outcome(.applied, 2, in: &outcomes)
        }
    }

    @Test func whatDoesNotDecodeWhatAValidatorRefusesAndWhatAHandlerRefusesLeavesTheOldVersionRunning() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        watcher.validate("limits") {
            $0.n > 1_000 ? .invalid("n is above 1000.") : $0.n > 500 ? .warning("n is high.") : .valid
        }
        watcher.onReload("odd") { _, new in if new.n == 13 { throw Refused() } }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish("{\"n\":\"text\"}"))
            let undecodable = try await outcome(.rejected, 2, in: &outcomes)
            #expect(undecodable.reason?.contains("/n: ") == true)
            try await scene.publish(try history.publish("{\"n\":1001}"))
            #expect(try await outcome(.rejected, 3, in: &outcomes).reason == "limits: n is above 1000.")
            try await scene.publish(try history.publish("{\"n\":13}"))
            let refused = try await outcome(.rejected, 4, in: &outcomes)
            #expect(refused.handlers.map(\.description) == ["odd: failed"])
            #expect(watcher.current.value == Numbered(n: 1) && watcher.state == .rejected)
            try await scene.publish(try history.publish("{\"n\":501}"))
            #expect(try await outcome(.applied, 5, in: &outcomes).warnings == ["limits: n is high."])
            #expect(watcher.statistics.validationFailures == 2 && watcher.statistics.failures == 3)
        }
    }

    @Test func whatBreaksTheSchemaIsRefusedWithThePlace() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let schema = try ConfigSchema("{\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}")
        let watcher = try scene.watcher(options: WatcherOptions(schema: schema))
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish("{\"n\":11}"))
            #expect(try await outcome(.rejected, 2, in: &outcomes).reason?.contains("/n") == true)
            #expect(watcher.current.version == 1)
        }
    }

    @Test func patternsOfASchemaNeedTheProductThatLinksThem() throws {
        for json in [#"{"properties":{"n":{"pattern":"^a"}}}"#, #"{"patternProperties":{"^a":true}}"#] {
            let error = try #require(throws: WatcherError.self) { try ConfigSchema(json) }
            #expect(error.message.contains("ConfigWatcherSchemas"))
            _ = try ConfigSchema(withPatterns: json)
        }
    }

    @Test func aSchemaThatIsNoneIsRefusedWhenItIsMade() {
        #expect(throws: WatcherError.self) { try ConfigSchema("{\"type\":5}") }
    }

    @Test func readersNeverSeeHalfOfOneVersionAndHalfOfAnotherWhileItChanges() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        var last: Int64 = 0
                        while watcher.current.version < 100 {
                            for _ in 0..<200 {
                                let snapshot = watcher.current
                                guard snapshot.value?.n == Int(snapshot.version), snapshot.version >= last,
                                    snapshot.get("n", default: 0) == snapshot.value?.n
                                else { return false }
                                last = snapshot.version
                            }
                            try await Task.sleep(for: .microseconds(200))
                        }
                        return true
                    }
                }
                for version in 2...100 {
                    try await scene.publish(try history.publish("{\"n\":\(version)}"))
                    await Task.yield()
                }
                for try await isWhole in group { #expect(isWhole) }
            }
        }
    }

    @Test func aMessageThatCameThroughAnotherExchangeIsNotListenedTo() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: .bus(scene.bus, exchange: "another"))
        try await running(watcher) {
            _ = try await watcher.ready()
            try await eventually("bound and read") { scene.registry.reads.count >= 2 }
            try await scene.publish(try history.publish("{\"n\":2}"))
            try await eventually("refused") { watcher.statistics.refusedMessages == 1 }
            #expect(watcher.current.version == 1)
        }
    }
}

/// What a handler throws.
struct Refused: Error {}
