import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("The same request again", .timeLimit(.minutes(1)))
struct IdempotencyTests {
    let fixture = Fixture()
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    /// Calls that can be made twice under one identifier, on a document with versions 1 and 2.
    enum Call: String, CaseIterable {
        case create, update, updateOtherContent, createOrUpdate, delete, rollbackToFirst, rollbackToSecond, revise

        func perform(_ registry: Registry, _ key: DocumentKey) async throws -> Published? {
            switch self {
            case .create: try await registry.publish(7, to: key, .create, changeID: "c")
            case .update: try await registry.publish(7, to: key, .update, changeID: "c")
            case .updateOtherContent: try await registry.publish(8, to: key, .update, changeID: "c")
            case .createOrUpdate: try await registry.publish(7, to: key, changeID: "c")
            case .delete: try await registry.delete(key, changeID: "c")
            case .rollbackToFirst: try await registry.rollback(key, to: 1, changeID: "c")
            case .rollbackToSecond: try await registry.rollback(key, to: 2, changeID: "c")
            case .revise:
                try await registry.revise(
                    ProposedRevision(key: key, origin: .by(changeID: "c")) { (_) throws(RegistryError) in .empty })
            }
        }

        /// The calls that ask for the same as this one's record.
        var same: Set<Call> {
            switch self {
            case .create: []
            case .update, .createOrUpdate: [.update, .createOrUpdate, .revise]
            case .updateOtherContent: [.updateOtherContent, .revise]
            case .delete: [.delete]
            case .rollbackToFirst: [.rollbackToFirst]
            case .rollbackToSecond: [.rollbackToSecond]
            case .revise: [.revise]
            }
        }
    }

    @Test(
        "is answered with the same version; another request under the same identifier is refused",
        arguments: Call.allCases.filter { $0 != .create }, Call.allCases)
    func table(first: Call, second: Call) async throws {
        let registry = try await fixture.registry()
        for number in 1...2 { try await registry.publish(number, to: key) }
        let made = try #require(try await first.perform(registry, key)).record
        let expected = first.same.contains(second) ? "replay of \(made.changeType.rawValue) 3" : "changeReused 3"
        #expect(await outcomeOf { try await second.perform(registry, key) } == expected)
        #expect(try await fixture.history(of: key).count == 3)
    }

    @Test("is answered with the very same record, also after other changes and from another registry")
    func later() async throws {
        let registry = try await fixture.registry()
        let first = try await registry.publish(1, to: key, .create, changeID: "c")
        try await registry.publish(2, to: key)
        try await registry.delete(key)
        let again = try await fixture.registry().publish(1, to: key, .create, changeID: "c")
        #expect(again.isReplay)
        #expect(again.record == first.record)
    }

    @Test("counts before any precondition")
    func beforePreconditions() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        try await registry.publish(2, to: key, .update, expecting: .version(1), changeID: "c")
        let again = await outcomeOf {
            try await registry.publish(2, to: key, .update, expecting: .version(1), changeID: "c")
        }
        #expect(again == "replay of updated 2")
    }

    @Test("may name another author and comment")
    func otherAuthor() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key, .create, changeID: "c")
        var origin = ChangeOrigin.by("somebody else", changeID: "c")
        origin.comment = "another reason"
        let change = ProposedChange(key: key, content: try .numbered(1), mode: .create, origin: origin)
        #expect(await outcomeOf { try await registry.publish(change) } == "replay of created 1")
    }

    @Test("on another document is another change")
    func otherDocument() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key, changeID: "c")
        #expect(
            await outcomeOf { try await registry.publish(1, to: .named("other"), changeID: "c") } == "created 1")
    }

    @Test("at the same time makes one version")
    func atTheSameTime() async throws {
        let registries = [try await fixture.registry(), try await fixture.registry()]
        let outcomes = try await withThrowingTaskGroup(of: Published.self) { group in
            for number in 0..<16 {
                group.addTask { try await registries[number % 2].publish(1, to: key, changeID: "c") }
            }
            return try await group.reduce(into: [Published]()) { $0.append($1) }
        }
        #expect(Set(outcomes.map(\.record.recordHash)).count == 1)
        // Each of the two registries may have appended the very same record, and been told that it is stored.
        #expect((1...2).contains(outcomes.filter { !$0.isReplay }.count))
        #expect(try await fixture.history(of: key).count == 1)
    }

    @Test(
        "content that is published costs no look-up; a patch under an identifier of the client's costs one")
    func lookUps() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let reads = fixture.store.control.reads
        try await registry.publish(2, to: key)
        try await registry.publish(3, to: key, changeID: "c")
        #expect(fixture.store.control.reads == reads)
        _ = try await registry.revise(
            ProposedRevision(key: key, origin: .by(changeID: "d")) { (_) throws(RegistryError) in .empty })
        #expect(fixture.store.control.reads == reads + 1)
    }
}
