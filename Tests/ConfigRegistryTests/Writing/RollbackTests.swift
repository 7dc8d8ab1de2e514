import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("Rolling back", .timeLimit(.minutes(1)))
struct RollbackTests {
    let fixture = Fixture()
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    /// Versions 1 and 2 with content 1 and 2, tombstone 3, version 4 with content 4.
    private func prepare(_ registry: Registry) async throws {
        for number in 1...2 { try await registry.publish(number, to: key) }
        try await registry.delete(key)
        try await registry.publish(4, to: key)
    }

    @Test func publishesTheContentOfTheEarlierVersionAsTheNextOne() async throws {
        let registry = try await fixture.registry()
        try await prepare(registry)
        let record = try await registry.rollback(key, to: 2).record
        #expect(record.version == 5)
        #expect(record.changeType == .updated)
        #expect(record.content == (try .numbered(2)))
        #expect(record.restoredFrom == 2)
    }

    @Test func bringsADeletedDocumentBackToLife() async throws {
        let registry = try await fixture.registry()
        try await prepare(registry)
        try await registry.delete(key)
        let record = try await registry.rollback(key, to: 4).record
        #expect(record.version == 6)
        #expect(record.changeType == .created)
        #expect(record.content == (try .numbered(4)))
    }

    @Test(
        arguments: [
            (3, "rollbackToTombstone 3"), (5, "unknownVersion 5 of 4"), (0, "unknownVersion 0 of 4"),
            (-1, "unknownVersion -1 of 4"),
        ] as [(Int64, String)])
    func isRefusedWhenThereIsNothingToGoBackTo(version: Int64, outcome: String) async throws {
        let registry = try await fixture.registry()
        try await prepare(registry)
        #expect(await outcomeOf { try await registry.rollback(key, to: version) } == outcome)
        #expect(try await fixture.history(of: key).count == 4)
    }

    @Test func isRefusedWhenTheDocumentIsUnknown() async throws {
        let registry = try await fixture.registry()
        #expect(await outcomeOf { try await registry.rollback(key, to: 1) } == "unknownDocument")
    }

    @Test func withAnExpectationIsRefusedWhenTheHeadIsAnother() async throws {
        let registry = try await fixture.registry()
        try await prepare(registry)
        #expect(
            await outcomeOf { try await registry.rollback(key, to: 1, expecting: .version(2)) } == "versionMismatch 4")
        #expect(await outcomeOf { try await registry.rollback(key, to: 1, expecting: .version(4)) } == "updated 5")
    }
}
