import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("Change sets that are open", .timeLimit(.minutes(1)))
struct OpenSetsTests {
    private final class Watcher: Sendable {}

    private let watchers = (Watcher(), Watcher(), Watcher())

    private func layers(_ record: VersionRecord) -> DocumentLayers { DocumentLayers(main: DocumentVersion(record)) }

    @Test func areOneAsSoonAsAVersionHasAPlaceInBoth() throws {
        var first = [try TestHistory("a/prod"), try TestHistory("b/prod")]
        let one = try TestHistory.publishTogether(&first, "{\"n\":1}")
        var second = [first[1], try TestHistory("c/prod")]
        let two = try TestHistory.publishTogether(&second, "{\"n\":2}")
        var open = OpenSets()
        for (record, id) in [(one[0], ObjectIdentifier(watchers.0)), (two[1], ObjectIdentifier(watchers.2))] {
            open.add(layers(record))
            let isHeld = open.join(layers(record), id)
            #expect(isHeld)
        }
        #expect(open.count == 2)
        let isHeld = open.join(layers(two[0]), ObjectIdentifier(watchers.1))
        #expect(isHeld && open.count == 1)
        // Whichever version of them comes.
        for record in one + two {
            open.add(layers(record))
            let whole = try #require(open.about(layers(record)).first)
            #expect(whole.documents.map { whole.member($0)?.version } == [1, 2, 1])
        }
        open.remove(try #require(open.about(layers(one[0])).first))
        #expect(open.isEmpty && open.naming(first.map(\.key)).isEmpty)
    }

    /// The cost of each change is the size of the set, however many changes there were before.
    @Test func manyChangesOfOneSetThatWaitCostOneLookAtEachMemberForEachChangeOfOne() async throws {
        let (count, changes) = (20, 20)
        let scene = try SetScene(count: count)
        try await scene.publish(1)
        let torn = try await scene.run {
            try await scene.runs(1)
            let gate = try #require(scene.group.engine.gate)
            try await eventually("settled") { gate.figures.openSets == 0 }
            let before = gate.figures.looks
            scene.members[4].pause()
            for n in 1...changes { try await scene.publish(n + 1) }
            try await eventually("known") {
                scene.members.allSatisfy { member in
                    member.pipeline.confirmedVersion(of: member.key)?.version == Int64(changes + 1)
                }
            }
            let figures = gate.figures
            #expect(figures.openSets == 1)
            // One version of one member is an event.
            #expect(figures.looks - before <= 2 * changes * count * count)
            scene.members[4].resume()
            try await scene.runs(changes + 1)
            try await eventually("settled") { gate.figures.openSets == 0 }
        }
        #expect(torn.isEmpty)
    }
}
