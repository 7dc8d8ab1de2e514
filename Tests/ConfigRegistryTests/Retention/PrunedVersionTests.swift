import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

/// What a registry says of versions that are not kept any more.
@Suite(.timeLimit(.minutes(1)))
struct PrunedVersionTests {
    let fixture = Fixture()
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    /// Versions 1 to 6, of which 1 to 3 are gone.
    private func pruned() async throws -> Registry {
        let registry = try await fixture.registry()
        for number in 1...6 { try await registry.publish(number, to: key) }
        let versions = (1...6).map { VersionIdentity(key: key, version: $0) }
        try await fixture.store.markAnnounced(versions)
        let mark = try #require(try await fixture.store.prunable(of: key, upTo: 3, storedFor: .zero))
        try await Pruner(store: fixture.store, registry: "test", isPaced: false).letGo(mark)
        return registry
    }

    @Test(arguments: [1, 3] as [Int64])
    func aVersionThatIsGoneIsNamedWithTheOldestThatIsKept(version: Int64) async throws {
        let registry = try await pruned()
        let expected = RegistryError.prunedVersion(key, version, oldest: 4)
        await #expect(throws: expected) { try await registry.version(version, of: key) }
        await #expect(throws: expected) { try await registry.versions(old: version, new: 5, of: key) }
        await #expect(throws: expected) { try await registry.rollback(key, to: version) }
    }

    @Test func whatIsKeptIsReadAsBefore() async throws {
        let registry = try await pruned()
        #expect(try await registry.version(4, of: key).version == 4)
        let history = try await registry.history(of: key, limit: 10)
        #expect(history.map(\.record.version) == [6, 5, 4])
        #expect(try await registry.rollback(key, to: 4).record.version == 7)
        #expect(try await registry.heads(HeadQuery()).map(\.record.version) == [7])
    }

    @Test(arguments: [0, 8] as [Int64]) func aVersionThatNeverWasIsUnknown(version: Int64) async throws {
        let registry = try await pruned()
        await #expect(throws: RegistryError.unknownVersion(key, version, head: 6)) {
            try await registry.version(version, of: key)
        }
    }

    @Test func theChainGoesOnFromTheMark() async throws {
        let registry = try await pruned()
        let mark = try #require(try await fixture.store.pruneMarks(of: [key])[key])
        #expect(try await registry.version(4, of: key).previousHash == mark.recordHash)
    }
}
