import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("Many heads at once", .timeLimit(.minutes(1)))
struct ManyHeadsTests {
    private let fixture = Fixture { $0.headLifetime = .seconds(3_600) }
    private let living: DocumentKey
    private let deleted: DocumentKey
    private let unknown: DocumentKey

    init() throws {
        living = try DocumentKey.named("parsing/prod")
        deleted = try DocumentKey.named("gone/prod")
        unknown = try DocumentKey.named("never/prod")
    }

    @Test func comeInTheOrderOfTheRequestsTombstonesIncludedThoseThatNeverExistedAsNone() async throws {
        let registry = try await registryWithDocuments()
        let heads = try await registry.heads(of: [unknown, living, deleted, living].map { HeadRequest($0) })
        #expect(try heads.map { try $0.get()?.record.version } == [nil, 2, 2, 2])
        #expect(try heads[2].get()?.record.isTombstone == true)
    }

    @Test func areReadFromTheStoreTogetherAndOnlyThoseThatAreNotRemembered() async throws {
        let registry = try await registryWithDocuments()
        let keys = try (1...20).map { try DocumentKey.named("many-\($0)/prod") }
        let requests = (keys + [living]).map { HeadRequest($0) }
        let before = registry.counters
        _ = try await registry.heads(of: requests)
        #expect(registry.counters.reads.storeReads == before.reads.storeReads + 1)
        #expect(registry.counters.reads.cacheHits == before.reads.cacheHits + 1)
        #expect(registry.counters.reads.cacheMisses == before.reads.cacheMisses + 20)
    }

    @Test(arguments: [true, false])
    func thatMustBeFreshComeFromTheStoreTheOthersMayBeRemembered(isFresh: Bool) async throws {
        let stale = try await registryWithDocuments()
        try await fixture.registry().publish(3, to: living)
        let heads = try await stale.heads(of: [HeadRequest(living, HeadOptions(isFresh: isFresh))])
        #expect(try heads[0].get()?.record.version == (isFresh ? 3 : 2))
    }

    @Test func areLookedUpInTheStoreWhenWhatIsRememberedIsOlderThanWanted() async throws {
        let stale = try await registryWithDocuments()
        try await fixture.registry().publish(3, to: living)
        let heads = try await stale.heads(of: [HeadRequest(living, HeadOptions(minimumVersion: 3))])
        #expect(try heads[0].get()?.record.version == 3)
    }

    @Test func areBehindAtOnceEachForItself() async throws {
        let registry = try await registryWithDocuments()
        let heads = try await registry.heads(of: [
            HeadRequest(living, HeadOptions(minimumVersion: 3)), HeadRequest(deleted),
            HeadRequest(unknown, HeadOptions(minimumVersion: 1)),
        ])
        #expect(heads[0].failure?.shortName == "behind 3 at 2")
        #expect(try heads[1].get()?.record.version == 2)
        #expect(try heads[2].get() == nil, "a document that does not exist is not behind")
    }

    @Test func ofAnotherEpochAMinimumOfAnEarlierOneMeansNothingALaterOneIsForeign() async throws {
        let registry = try await registryWithDocuments()
        let earlier = Epoch(number: registry.epoch.number - 1, identifier: registry.epoch.identifier)
        let later = Epoch(number: registry.epoch.number + 1, identifier: registry.epoch.identifier)
        let misses = registry.counters.reads.cacheMisses
        let heads = try await registry.heads(
            of: [earlier, later].map { HeadRequest(living, HeadOptions(minimumVersion: 9, epoch: $0)) })
        #expect(try heads[0].get()?.record.version == 2)
        #expect(heads[1].failure?.shortName == "foreignEpoch \(later.number)")
        #expect(registry.counters.reads.cacheMisses == misses, "What cannot be answered is not read.")
    }

    @Test func failAllTogetherWhenTheStoreDoesNotAnswer() async throws {
        let registry = try await registryWithDocuments()
        fixture.store.control.isAway = true
        await #expect(throws: RegistryError.self) { try await registry.heads(of: [HeadRequest(unknown)]) }
    }

    private func registryWithDocuments() async throws -> Registry {
        let registry = try await fixture.registry()
        for number in 1...2 { try await registry.publish(number, to: living) }
        try await registry.publish(1, to: deleted)
        try await registry.delete(deleted)
        _ = try await registry.head(of: living)
        return registry
    }
}

extension Registry.HeadResult {
    fileprivate var failure: RegistryError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
