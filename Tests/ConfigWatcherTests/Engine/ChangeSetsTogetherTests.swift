import ConfigModel
import EventBus
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite("Versions that were published together are applied together", .timeLimit(.minutes(1)))
struct ChangeSetsTogetherTests {
    @Test(arguments: SetScene.Kind.allCases)
    func allBecomeVisibleAtOneMomentAndTheirHandlersAreCalledInTheOrderOfTheDocuments(kind: SetScene.Kind) async throws
    {
        let scene = try SetScene(kind)
        try await scene.publish(1)
        let torn = try await scene.run {
            try await scene.runs(1)
            for n in 2...5 {
                try await scene.publish(n)
                try await scene.runs(n)
            }
        }
        #expect(torn.isEmpty)
        let expected = (1...5).flatMap { n in (0..<10).map { "\($0): \(n == 1 ? "-" : "\(n - 1)")>\(n)" } }
        #expect(scene.log.entries == expected)
    }

    @Test func severalSetsOneRightAfterTheOtherAreNeverMixed() async throws {
        let scene = try SetScene(.bus)
        try await scene.publish(1)
        let torn = try await scene.run {
            try await scene.runs(1)
            for n in 2...30 { try await scene.publish(n) }
            try await scene.runs(30)
        }
        #expect(torn.isEmpty)
    }

    @Test func oneThatIsNotValidRefusesAllWithOneReasonAndNoHandlerIsCalled() async throws {
        let scene = try SetScene(isInvalid: { $0 == 2 })
        try await scene.publish(1)
        let outcomes = scene.group.outcomes
        let torn = try await scene.run {
            try await scene.runs(1)
            let called = scene.log.entries.count
            try await scene.publish(2)
            let refused = try await rejected(10, in: outcomes)
            #expect(refused.allSatisfy { $0.reason?.contains("v: 2 is bad") == true })
            #expect(scene.members.allSatisfy { $0.state == .rejected } && scene.log.entries.count == called)
            try await scene.publish(3)
            try await scene.runs(3)
        }
        #expect(torn.isEmpty)
    }

    @Test func aHandlerThatFailsUndoesThatOfEveryMemberBeforeTheLastOneFirst() async throws {
        let scene = try SetScene(isRefused: { $0 == 2 })
        try await scene.publish(1)
        let outcomes = scene.group.outcomes
        let torn = try await scene.run {
            try await scene.runs(1)
            try await scene.publish(2)
            let refused = try await rejected(10, in: outcomes)
            #expect(refused.allSatisfy { $0.reason?.contains("2 is refused") == true })
            let forth = (0...6).map { "\($0): 1>2" }
            let back = (0...6).reversed().map { "\($0): 2>1" }
            #expect(Array(scene.log.entries.dropFirst(10)) == forth + back)
            #expect(scene.values.allSatisfy { $0 == 1 })
        }
        #expect(torn.isEmpty)
    }

    @Test func aNewerVersionOfTheOneThatWasRefusedTakesItsPlaceAndTheOthersAreTriedAgain() async throws {
        let scene = try SetScene(isInvalid: { $0 == 2 })
        try await scene.publish(1)
        let outcomes = scene.group.outcomes
        try await scene.run {
            try await scene.runs(1)
            try await scene.publish(2)
            _ = try await rejected(10, in: outcomes)
            try await scene.publish(3, of: 3)
            try await eventually("all") { scene.values == [2, 2, 2, 3, 2, 2, 2, 2, 2, 2] }
        }
    }

    @Test(arguments: [SetScene.Kind.bus, .stream])
    func aMemberThatWasNotAnnouncedIsRead(kind: SetScene.Kind) async throws {
        let scene = try SetScene(kind)
        try await scene.publish(1)
        let torn = try await scene.run {
            try await scene.runs(1)
            try await scene.publish(2, losing: [4, 7])
            try await scene.runs(2)
        }
        #expect(torn.isEmpty)
    }

    @Test func whileTheRegistryIsAwayTheSetWaitsWithAReasonAndOtherDocumentsDoNot() async throws {
        let scene = try SetScene()
        try await scene.publish(1)
        try await scene.publishOther(1)
        let torn = try await scene.run {
            try await scene.runs(1)
            _ = try await scene.other.ready()
            scene.registry.isReachable = false
            try await scene.publish(2, losing: [4])
            let first = scene.members[0]
            // All that is missing at last.
            try await eventually("waits for s4") {
                first.pipeline.inspect(\.setWait)?.contains("published together with s4/prod@2,") == true
            }
            #expect(first.state == .stale && first.health.reason == first.pipeline.inspect(\.setWait))
            try await scene.publishOther(2)
            try await eventually("the other") { scene.other.current.version == 2 }
            #expect(scene.values.allSatisfy { $0 == 1 })
            scene.registry.isReachable = true
            try await scene.runs(2)
            #expect(first.state == .current && first.pipeline.inspect(\.setWait) == nil)
        }
        #expect(torn.isEmpty)
    }

    @Test(arguments: SetScene.Kind.allCases)
    func theHistorySaysWhatBroughtAVersionThatWaitsAndThatTheSetWasCompleteWhenItIsApplied(
        kind: SetScene.Kind
    ) async throws {
        let scene = try SetScene(kind)
        try await scene.publish(1)
        try await scene.publishOther(1)
        try await scene.run {
            try await scene.runs(1)
            _ = try await scene.other.ready()
            let held = scene.members[5]
            held.pause()
            try await scene.publish(2)
            try await eventually("waits") { scene.members[0].state == .stale }
            held.resume()
            try await scene.runs(2)
            try await scene.publishOther(2)
            try await eventually("the other") { scene.other.current.version == 2 }
        }
        // A member that was missing is asked for, which is an event of the source.
        let looks: Set<ReloadTrigger> = kind == .polling ? [.poll, .event] : [.event]
        for member in scene.members {
            let first = member.history().filter { $0.version == 1 }
            #expect(first.allSatisfy { $0.trigger == .start } && first.first?.status == .applied, "\(first)")
            let second = member.history().filter { $0.version == 2 }
            #expect(second.first?.trigger == .set && second.first?.status == .applied, "\(second)")
            #expect(second.dropFirst().allSatisfy { looks.contains($0.trigger) && $0.status == .waiting }, "\(second)")
        }
        #expect(scene.members[0].history().contains { $0.version == 2 && $0.status == .waiting })
        #expect(scene.other.history().map(\.trigger) == [kind == .polling ? .poll : .event, .start])
    }

    @Test func aNewerVersionOfAMemberTakesItsPlaceWhileTheSetWaits() async throws {
        let scene = try SetScene()
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            scene.registry.isReachable = false
            try await scene.publish(2, losing: [4])
            try await eventually("waits") { scene.members[0].state == .stale }
            try await scene.publish(7, of: 0)
            let first = scene.members[0]
            try await eventually("known") { first.pipeline.confirmedVersion(of: first.key)?.version == 3 }
            #expect(scene.values.allSatisfy { $0 == 1 })
            scene.registry.isReachable = true
            try await eventually("all") { scene.values == [7, 2, 2, 2, 2, 2, 2, 2, 2, 2] }
        }
    }

    @Test func whatAnOperatorWantsOfOneMemberIsNotHeldUp() async throws {
        let scene = try SetScene()
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            try await scene.publish(2)
            try await scene.runs(2)
            scene.registry.isReachable = false
            try await scene.publish(3, losing: [4])
            try await eventually("waits") { scene.members[0].state == .stale }
            let outcome = try await scene.members[0].rollback(to: .version(1))
            #expect(outcome?.kind == .rolledBack && scene.members[0].current.value?.n == 1)
            scene.registry.isReachable = true
            // It was taken out of the set, until there is something newer.
            try await eventually("the others") { scene.values == [1, 3, 3, 3, 3, 3, 3, 3, 3, 3] }
            try await scene.publish(4)
            try await scene.runs(4)
        }
    }

    @Test func aMemberThatIsPausedHoldsTheSetUntilItGoesOn() async throws {
        let scene = try SetScene()
        try await scene.publish(1)
        let torn = try await scene.run {
            try await scene.runs(1)
            scene.members[5].pause()
            try await scene.publish(2)
            try await eventually("waits") { scene.members[0].state == .stale && scene.members[9].state == .stale }
            #expect(scene.values.allSatisfy { $0 == 1 } && scene.members[5].state == .paused)
            scene.members[5].resume()
            try await scene.runs(2)
        }
        #expect(torn.isEmpty)
    }

    @Test func membersThatTheGroupDoesNotFollowAreNotWaitedForAndOneThatEndsNoLonger() async throws {
        let scene = try SetScene()
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            scene.members[5].pause()
            try await scene.publish(2)
            try await eventually("waits") { scene.members[0].state == .stale }
            scene.group.remove(scene.members[5])
            try await eventually("the others") { scene.values == [2, 2, 2, 2, 2, 1, 2, 2, 2, 2] }
        }
    }

    @Test func aGroupThatStopsWhileASetWaitsEnds() async throws {
        let scene = try SetScene()
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            scene.members[5].pause()
            try await scene.publish(2)
            try await eventually("waits") { scene.members[0].state == .stale }
            let reload = Task { try await scene.members[0].reload() }
            scene.group.engine.stop()
            try await eventually("ended") { scene.members.allSatisfy { $0.state == .stopped } }
            await #expect(throws: WatcherError.self) { _ = try await reload.value }
        }
    }

    @Test func eachByItselfIsTheDefault() async throws {
        var histories = [try TestHistory("a/prod"), try TestHistory("b/prod")]
        let scene = WatcherScene()
        for record in try TestHistory.publishTogether(&histories, "{\"n\":1}").prefix(1) { scene.registry.set(record) }
        let group = WatcherGroup(reading: scene.registry, events: .serverSentEvents)
        let first = try group.watch(Numbered.self, key: "a/prod")
        _ = try group.watch(Numbered.self, key: "b/prod")
        try await running(group) {
            let value = try await first.ready().value
            #expect(value == Numbered(n: 1))
        }
    }

    @Test func withOverlayBothDocumentsOfASetAreAppliedInOneReload() async throws {
        var histories = [try TestHistory("a/prod"), try TestHistory("a/default")]
        let scene = WatcherScene()
        for record in try TestHistory.publishTogether(&histories, "{\"n\":1}") { scene.registry.set(record) }
        let group = WatcherGroup(
            reading: scene.registry, events: .serverSentEvents, options: WatcherOptions(overlay: true),
            changeSets: .together)
        let watcher = try group.watch(Numbered.self, key: "a/prod")
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(group) {
            let first = try await outcome(.applied, 1, in: &outcomes)
            #expect(first.defaultVersion == 1)
            for record in try TestHistory.publishTogether(&histories, "{\"n\":2}") { scene.registry.publish(record) }
            let second = try await outcome(.applied, 2, in: &outcomes)
            #expect(second.defaultVersion == 2)
            #expect(watcher.statistics.reloads == 2)
        }
    }

    @Test func aForgedListOfMembersIsNoEvent() async throws {
        let scene = try SetScene(.bus)
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            let record = try scene.record(2)[0]
            let forged = String(decoding: ConfigEvent(record, inlineLimit: .max).jsonBytes, as: UTF8.self)
                .replacing("s4/prod@2", with: "other/prod@9")
            try await scene.bus.publish(
                BusMessage(
                    routingKey: "config.updated", copyTo: [RoutingKey.document(record.key)], messageID: "forged",
                    type: "t", timestamp: 0, body: Array(forged.utf8)))
            try await eventually("dropped") { scene.members[0].statistics.unreadableEvents == 1 }
            try await scene.publish(3)
            try await scene.runs(3)
        }
    }

    /// Whole and consistent, but not what the registry has under that number.
    @Test func aForgedSetIsNotWaitedFor() async throws {
        let scene = try SetScene(.bus)
        var histories = [try TestHistory("other/prod"), try TestHistory("s4/prod")]
        _ = try histories[0].publish("{\"n\":1}")
        for _ in 1...8 { try histories[1].publish("{\"n\":8}") }
        try await scene.publish(1)
        try await scene.publishOther(1)
        try await scene.run {
            try await scene.runs(1)
            _ = try await scene.other.ready()
            let forged = try TestHistory.publishTogether(&histories, "{\"n\":666}")[0]
            try await scene.announce(forged)
            try await scene.publishOther(2)
            try await eventually("alone") { scene.other.current.value?.n == 2 }
        }
    }

    private func rejected(_ count: Int, in outcomes: AsyncStream<Outcome>) async throws -> [Outcome] {
        var refused: [Outcome] = []
        for await outcome in outcomes where outcome.kind == .rejected {
            refused.append(outcome)
            if refused.count == count { return refused }
        }
        throw OutcomesEnded(description: "\(refused.count) of \(count) rejected")
    }
}
