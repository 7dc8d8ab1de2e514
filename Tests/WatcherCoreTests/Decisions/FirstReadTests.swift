import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("The first reads of a watcher")
struct FirstReadTests {
    private let now = Instant.now
    private var state: WatchState

    init() throws {
        state = WatchState(
            key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false, options: WatchOptions(), now: now)
    }

    @Test("nothing is read before the source says so")
    mutating func nothing() {
        #expect(freshness(of: state.receive(.started, at: now)).isEmpty)
    }

    @Test("what the registry remembers, or what its store has, as the source says", arguments: [false, true])
    mutating func asked(isFresh: Bool) {
        _ = state.receive(.started, at: now)
        #expect(freshness(of: receive(.mayHaveChanged(isFresh: isFresh))) == [isFresh])
    }

    @Test("what the store has, once the source stands, even while the first read is under way")
    mutating func established() throws {
        _ = state.receive(.started, at: now)
        _ = receive(.mayHaveChanged(isFresh: false))
        #expect(freshness(of: receive(.established)).isEmpty)
        let first = state.receive(.received(.unknown, try .plain(at: now)), at: now)
        #expect(freshness(of: first) == [true])
    }

    private mutating func receive(_ event: SourceEvent) -> [WatchAction] {
        state.receive(.source(event, state.key), at: now)
    }

    private func freshness(of actions: [WatchAction]) -> [Bool] {
        actions.compactMap { action in
            guard case .read(let request) = action else { return nil }
            return request.isFresh
        }
    }
}
