import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("A head from memory", .timeLimit(.minutes(1)))
struct CachedHeadTests {
    private let fixture = Fixture { $0.headLifetime = .seconds(3_600) }

    @Test(arguments: [nil, 1, 2, 3] as [Int64?])
    func isAnsweredWhenItReachesTheRequestedVersion(version: Int64?) async throws {
        let (registry, key) = try await registryWithTwoVersions()
        let head = registry.cachedHead(of: key, HeadOptions(minimumVersion: version, epoch: registry.epoch))
        #expect(head?.record.version == (version == 3 ? nil : 2))
    }

    @Test func isNoneWhenItMustBeFresh() async throws {
        let (registry, key) = try await registryWithTwoVersions()
        #expect(registry.cachedHead(of: key, HeadOptions(isFresh: true)) == nil)
    }

    @Test(arguments: [-1, 1] as [Int64])
    func isNoneWhenVersionsAreCountedInAnotherEpoch(distance: Int64) async throws {
        let (registry, key) = try await registryWithTwoVersions()
        let epoch = Epoch(number: registry.epoch.number + distance, identifier: registry.epoch.identifier)
        #expect(registry.cachedHead(of: key, HeadOptions(epoch: epoch)) == nil)
    }

    private func registryWithTwoVersions() async throws -> (Registry, DocumentKey) {
        let registry = try await fixture.registry()
        let key = try DocumentKey.named("parsing/prod")
        try await registry.publish(1, to: key)
        try await registry.publish(2, to: key)
        return (registry, key)
    }
}
