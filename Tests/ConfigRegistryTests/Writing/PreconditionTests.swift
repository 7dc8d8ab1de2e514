import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("Preconditions of a write", .timeLimit(.minutes(1)))
struct PreconditionTests {
    let fixture = Fixture()
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    enum Present: String, CaseIterable { case unknown, living, deleted }

    /// Brings the document into a state; its versions are then 0, 1 or 2.
    private func prepare(_ registry: Registry, _ present: Present) async throws {
        if present != .unknown { try await registry.publish(1, to: key) }
        if present == .deleted { try await registry.delete(key) }
    }

    @Test(arguments: [
        (PublishMode.create, Present.unknown, "created 1"), (.create, .living, "alreadyExists 1"),
        (.create, .deleted, "created 3"), (.update, .unknown, "unknownDocument"), (.update, .living, "updated 2"),
        (.update, .deleted, "deletedDocument 2"), (.createOrUpdate, .unknown, "created 1"),
        (.createOrUpdate, .living, "updated 2"), (.createOrUpdate, .deleted, "created 3"),
    ])
    func creatingAndUpdatingMakeAVersionOrSayWhatIsInTheWay(mode: PublishMode, present: Present, outcome: String)
        async throws
    {
        let registry = try await fixture.registry()
        try await prepare(registry, present)
        let before = try await fixture.history(of: key)
        #expect(await outcomeOf { try await registry.publish(9, to: key, mode) } == outcome)
        if outcome.contains("created") || outcome.contains("updated") { return }
        #expect(try await fixture.history(of: key) == before, "A refusal changes nothing.")
    }

    @Test(arguments: [(Present.unknown, "nothing"), (.living, "deleted 2"), (.deleted, "nothing")])
    func deletingAppendsATombstoneOrDoesNothingWhenThereIsNothing(present: Present, outcome: String) async throws {
        let registry = try await fixture.registry()
        try await prepare(registry, present)
        #expect(await outcomeOf { try await registry.delete(key) } == outcome)
    }

    @Test func aTombstoneIsAChainedRecordWithEmptyContent() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        try await registry.delete(key)
        let history = try await fixture.history(of: key)
        #expect(history[1].content == .empty)
        #expect(history[1].isTombstone)
        #expect(history[1].previousHash == history[0].recordHash)
    }

    @Test(arguments: [
        (Present.unknown, ConfigRegistry.Expectation.version(0), "created 1"),
        (.unknown, .version(1), "versionMismatch 0"),
        (.living, .version(1), "updated 2"), (.living, .version(0), "versionMismatch 1"),
        (.living, .version(2), "versionMismatch 1"), (.living, .etag(epochNumber: 1, version: 1), "updated 2"),
        (.living, .etag(epochNumber: 2, version: 1), "versionMismatch 1"),
        (.living, .etag(epochNumber: 1, version: 2), "versionMismatch 1"),
        (.deleted, .version(2), "created 3"), (.deleted, .version(1), "versionMismatch 2"),
    ])
    func anExpectationIsMetByExactlyTheHead(present: Present, expectation: ConfigRegistry.Expectation, outcome: String)
        async throws
    {
        let registry = try await fixture.registry()
        try await prepare(registry, present)
        #expect(await outcomeOf { try await registry.publish(9, to: key, expecting: expectation) } == outcome)
    }

    @Test func thatADocumentIsUnknownOrDeletedIsSaidBeforeThatItsVersionIsAnother() async throws {
        let registry = try await fixture.registry()
        let publish = { try await registry.publish(9, to: key, .update, expecting: .version(7)) }
        #expect(await outcomeOf(publish) == "unknownDocument")
        try await prepare(registry, .deleted)
        #expect(await outcomeOf(publish) == "deletedDocument 2")
    }

    @Test func aDeletionWithAnExpectationDeletesExactlyThatVersion() async throws {
        let registry = try await fixture.registry()
        try await prepare(registry, .living)
        #expect(await outcomeOf { try await registry.delete(key, expecting: .version(2)) } == "versionMismatch 1")
        #expect(await outcomeOf { try await registry.delete(key, expecting: .version(1)) } == "deleted 2")
    }

    @Test func contentThatWentAwayAndCameBackDoesNotPassForTheVersionThatWasSeen() async throws {
        let registry = try await fixture.registry()
        for number in [1, 2, 1] { try await registry.publish(number, to: key) }
        #expect(
            await outcomeOf { try await registry.publish(5, to: key, expecting: .version(1)) } == "versionMismatch 3")
    }

    @Test func aRevisionIsMadeFromTheLivingHead() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(41, to: key)
        let published = try await registry.revise(key) { (head) throws(RegistryError) in
            do {
                guard case .number(let number) = try head.content.object["n"] else { throw JSONMissing() }
                return try .numbered(Int(number.int64 ?? 0) + 1)
            } catch {
                throw .invalid("\(error)")
            }
        }
        #expect(published.record.content == (try .numbered(42)))
        #expect(published.record.changeType == .updated)
    }

    @Test func aRevisionThatCannotBeMadeIsRefusedAndChangesNothing() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        await #expect(throws: RegistryError.invalid("There is no /a.")) {
            try await registry.revise(key) { (_) throws(RegistryError) in throw .invalid("There is no /a.") }
        }
        #expect(try await fixture.history(of: key).count == 1)
    }
}

private struct JSONMissing: Error {}
