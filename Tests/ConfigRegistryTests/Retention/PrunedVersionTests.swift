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
        for number in 1...6 { try await registry.publish(number, to: key, changeID: "c\(number)") }
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

    /// The identifier of version 1 is known for ever, those of others for as long as they are.
    @Test(arguments: [
        (1, "changePruned 1 of 4"), (2, "updated 7"), (3, "updated 7"), (4, "replay of updated 4"),
        (6, "replay of updated 6"),
    ])
    func aChangeThatIsRepeatedIsMadeAnewOrRefused(number: Int, expected: String) async throws {
        let registry = try await pruned()
        let outcome = await outcomeOf { try await registry.publish(number, to: key, changeID: "c\(number)") }
        #expect(outcome == expected)
        let newest: Int64 = expected == "updated 7" ? 7 : 6
        #expect(try await registry.heads(HeadQuery()).map(\.record.version) == [newest])
    }

    /// What the patch was made on is gone, so that it cannot be made once more to compare the results.
    @Test(arguments: [("tester", "replay of updated 7"), ("another", "changeReused 7")])
    func aPatchWhoseBaseIsGoneIsKnownByTheRest(author: String, expected: String) async throws {
        let registry = try await pruned()
        let content = try Content.numbered(9)
        func patch(by author: String) -> ChangeRequest {
            ChangeRequest(
                .revise { _ throws(RegistryError) in content }, of: key, origin: .by(author, changeID: "patch"))
        }
        _ = try await registry.write(patch(by: "tester"))
        try await registry.publish(10, to: key)
        let versions = (1...8).map { VersionIdentity(key: key, version: $0) }
        try await fixture.store.markAnnounced(versions)
        let mark = try #require(try await fixture.store.prunable(of: key, upTo: 6, storedFor: .zero))
        try await Pruner(store: fixture.store, registry: "test", isPaced: false).letGo(mark)
        #expect(await outcomeOf { try await registry.write(patch(by: author)) } == expected)
    }

    /// How far the first of two members is pruned, and the second.
    @Test(arguments: [
        (1, 0, "changePruned 1 of 2", ["a/prod@1"]), (0, 1, "changePruned 1 of 2", ["b/prod@1"]),
        (0, 0, "replay of created 1, created 1", []),
    ])
    func aChangeSetOfWhichVersionsAreGoneSaysSo(
        first: Int64, second: Int64, expected: String, gone: [String]
    ) async throws {
        let registry = try await fixture.registry()
        let keys = [try DocumentKey.named("a/prod"), try .named("b/prod")]
        let set = try ChangeSetRequest.number(1, keys, changeID: "set")
        let made = try await registry.publish(set)
        for (key, through) in zip(keys, [first, second]) {
            try await registry.publish(2, to: key)
            try await fixture.store.markAnnounced((1...2).map { VersionIdentity(key: key, version: $0) })
            let mark = try await fixture.store.prunable(of: key, upTo: through, storedFor: .zero)
            if let mark { try await Pruner(store: fixture.store, registry: "test", isPaced: false).letGo(mark) }
        }
        #expect(await outcomeOfSet { try await registry.publish(set) } == expected)
        let page = try await registry.versions(ofChangeSet: made.changeSet.id)
        #expect(page.count + gone.count == 2)
        let pruned = try await registry.prunedMembers(beside: page)
        #expect(pruned.map { "\($0.key)@\($0.version)" } == gone)
        #expect(try await registry.heads(HeadQuery()).map(\.record.version) == [2, 2])
    }
}
