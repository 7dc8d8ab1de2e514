import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

/// Registry `stale` has looked at the document before registry `other` changed it, and no event says so.
@Suite("Refusals come from a read that began after the request", .timeLimit(.minutes(1)))
struct FreshRefusalTests {
    let fixture = Fixture { $0.headLifetime = .seconds(3_600) }
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    @Test func anUpdateOfADocumentThatWasUnknownAMomentAgo() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        #expect(try await stale.head(of: key) == nil)
        try await other.publish(1, to: key)
        #expect(await outcomeOf { try await stale.publish(2, to: key, .update) } == "updated 2")
    }

    @Test func aCreationOfADocumentThatWasAliveAMomentAgo() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        try await stale.publish(1, to: key)
        try await other.delete(key)
        #expect(await outcomeOf { try await stale.publish(2, to: key, .create) } == "created 3")
    }

    @Test func aCompareAndSetOnAVersionThatIsNews() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        try await stale.publish(1, to: key)
        try await other.publish(2, to: key)
        #expect(await outcomeOf { try await stale.publish(3, to: key, expecting: .version(2)) } == "updated 3")
    }

    @Test func aCompareAndSetOnAVersionThatIsGoneNamesThePresentOne() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        try await stale.publish(1, to: key)
        for number in 2...3 { try await other.publish(number, to: key) }
        #expect(await outcomeOf { try await stale.publish(9, to: key, expecting: .version(1)) } == "versionMismatch 3")
    }

    @Test func aDeletionOfADocumentThatWasUnknownOrDeletedAMomentAgo() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        #expect(try await stale.head(of: key) == nil)
        try await other.publish(1, to: key)
        #expect(await outcomeOf { try await stale.delete(key) } == "deleted 2")
        try await other.publish(3, to: key)
        #expect(await outcomeOf { try await stale.delete(key) } == "deleted 4")
    }

    @Test func aRollbackToAVersionThatIsNews() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        try await stale.publish(1, to: key)
        try await other.publish(2, to: key)
        #expect(await outcomeOf { try await stale.rollback(key, to: 2) } == "updated 3")
    }

    @Test func thatADocumentIsUnknownOrDeletedIsNeverAnsweredFromMemory() async throws {
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        #expect(try await stale.head(of: key) == nil)
        try await other.publish(1, to: key)
        #expect(try await stale.head(of: key)?.record.version == 1)
        try await other.delete(key)
        try await stale.delete(key)
        #expect(try await stale.head(of: key)?.record.version == 2)
        try await other.publish(3, to: key)
        #expect(try await stale.head(of: key)?.record.version == 3)
    }
}
