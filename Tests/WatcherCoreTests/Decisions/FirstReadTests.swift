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

    @Test mutating func nothingIsReadBeforeTheSourceSaysSo() {
        #expect(freshness(of: state.receive(.started, at: now)).isEmpty)
    }

    @Test(arguments: [false, true])
    mutating func whatTheRegistryRemembersOrWhatItsStoreHasAsTheSourceSays(isFresh: Bool) {
        _ = state.receive(.started, at: now)
        #expect(freshness(of: receive(.mayHaveChanged(isFresh: isFresh))) == [isFresh])
    }

    @Test mutating func whatTheStoreHasOnceTheSourceStandsEvenWhileTheFirstReadIsUnderWay() throws {
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
