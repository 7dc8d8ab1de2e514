import ConfigModel
import Testing

@testable import ConfigWatcher

@Suite("Epochs")
struct EpochTests {
    private let now = Instant.now

    @Test("a larger epoch sends the watcher to the registry, whose answer counts even if its version is lower")
    func larger() throws {
        let old = try TestHistory.numbered(7)
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        var state = try ProofState.make(at: now)
        state.prove(old.version(7), at: now)
        let request = try #require(state.heard(new.event(2), at: now).request)
        #expect(request.epoch == TestHistory.secondEpoch && request.minimumVersion == 2)
        let actions = state.answered(.document(DocumentVersion(new.version(2))), to: request, at: now)
        #expect(actions.provenVersion == 2)
        #expect(state.newest?.epoch == TestHistory.secondEpoch)
    }

    @Test("a smaller epoch is ignored and counted")
    func smaller() throws {
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        let old = try TestHistory.numbered(9)
        var state = try ProofState.make(at: now)
        state.prove(new.version(2), at: now)
        #expect(state.heard(old.event(9), at: now).isEmpty)
        #expect(state.answered(.document(DocumentVersion(old.version(9))), to: .plain(at: now), at: now).isEmpty)
        #expect(state.counters.smallerEpochs == 2)
        #expect(state.newest?.version == 2)
    }

    @Test("another store of the same rank is not followed")
    func foreign() throws {
        let own = try TestHistory.numbered(2)
        let foreign = try TestHistory.numbered(9, epoch: TestHistory.otherStore)
        var state = try ProofState.make(at: now)
        state.prove(own.version(2), at: now)
        #expect(state.heard(foreign.event(9), at: now).isEmpty)
        let actions = state.answered(.document(DocumentVersion(foreign.version(9))), to: .plain(at: now), at: now)
        #expect(actions.refusals == [.foreignEpoch(TestHistory.otherStore, own: TestHistory.firstEpoch)])
        #expect(state.newest?.version == 2)
    }

    @Test("a forced reload takes what the registry has")
    func forced() throws {
        let own = try TestHistory.numbered(9)
        let foreign = try TestHistory.numbered(2, epoch: TestHistory.otherStore)
        var state = try ProofState.make(at: now)
        state.prove(own.version(9), at: now)
        let request = try #require(state.demand(isForced: true, at: now).actions.request)
        #expect(request.etag == nil)
        let actions = state.answered(.document(DocumentVersion(foreign.version(2))), to: request, at: now)
        #expect(actions.provenVersion == 2)
        #expect(actions.contains(.demandAnswered(number: 1, failure: nil)))
    }

    @Test("a stream whose epoch differs makes the watcher ask")
    func stream() throws {
        var state = try ProofState.make(at: now)
        state.prove(try TestHistory.numbered(2).version(2), at: now)
        #expect(state.synced(TestHistory.secondEpoch, at: now).request != nil)
    }
}
