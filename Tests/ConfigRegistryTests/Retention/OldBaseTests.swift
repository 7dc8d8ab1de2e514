import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

/// A registry that remembers an old head must not build on it once numbers may be free again.
@Suite(.timeLimit(.minutes(1)))
struct OldBaseTests {
    @Test(arguments: [false, true]) func aWriteBehindPrunedVersionsFollowsTheHead(isChangeSet: Bool) async throws {
        let fixture = Fixture { options in
            options.headLifetime = .seconds(3_600)
            options.baseLifetime = .zero
        }
        let key = try DocumentKey.named("parsing/prod")
        let (first, second) = (try await fixture.registry(), try await fixture.registry())
        try await first.publish(1, to: key)
        for number in 2...6 { try await second.publish(number, to: key) }
        try await fixture.store.markAnnounced((1...6).map { VersionIdentity(key: key, version: $0) })
        let mark = try #require(try await fixture.store.prunable(of: key, upTo: 4, storedFor: .zero))
        try await Pruner(store: fixture.store, registry: "test", isPaced: false).letGo(mark)
        if isChangeSet {
            _ = try await first.publish(ChangeSetRequest.number(7, [key]))
        } else {
            #expect(try await first.publish(7, to: key).record.version == 7)
        }
        #expect(try await fixture.history(of: key).map(\.version) == [5, 6, 7])
    }
}
