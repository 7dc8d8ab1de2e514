import ConfigModel
import RegistryClient
import Testing

@testable import ConfigWatcher

@Suite("What a watcher asks first")
struct FirstReadTests {
    @Test(
        "nothing where the source tells, the registry's memory before it is bound, the store where it stands already",
        arguments: [
            (FirstRead.nothing, []), (.remembered, [false]), (.stored, [true]),
        ])
    func asks(question: FirstRead, isFresh: [Bool]) throws {
        let now = Instant.now
        var state = WatchState(
            key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false, options: WatchOptions(), now: now)
        #expect(freshness(of: state.receive(.started(question), at: now)) == isFresh)
    }

    @Test("the store, once it is bound, even while the first question is under way")
    func bound() throws {
        let now = Instant.now
        var state = WatchState(
            key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false, options: WatchOptions(), now: now)
        _ = state.receive(.started(.remembered), at: now)
        #expect(freshness(of: state.receive(.subscribed, at: now)).isEmpty)
        let first = state.receive(.answered(.unknown, .plain(at: now), .main), at: now)
        #expect(freshness(of: first) == [true])
    }

    private func freshness(of actions: [WatchAction]) -> [Bool] {
        actions.compactMap { action in
            guard case .read(let request, _) = action else { return nil }
            return request.needs.isFresh
        }
    }
}
