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
        case create, update, updateOtherContent, createOrUpdate, delete, rollbackToFirst, rollbackToSecond
        case revise, reviseOtherwise, reviseToTheSame

        func perform(_ registry: Registry, _ key: DocumentKey) async throws -> Published? {
            switch self {
            case .create: try await registry.publish(7, to: key, .create, changeID: "c")
            case .update: try await registry.publish(7, to: key, .update, changeID: "c")
            case .updateOtherContent: try await registry.publish(8, to: key, .update, changeID: "c")
            case .createOrUpdate: try await registry.publish(7, to: key, changeID: "c")
            case .delete: try await registry.delete(key, changeID: "c")
            case .rollbackToFirst: try await registry.rollback(key, to: 1, changeID: "c")
            case .rollbackToSecond: try await registry.rollback(key, to: 2, changeID: "c")
            case .revise: try await revise(registry, key, to: 70)
            case .reviseOtherwise: try await revise(registry, key, to: 80)
            case .reviseToTheSame: try await revise(registry, key, to: 7)
            }
        }

        /// Makes a content of version 2 only, as a patch with a test in it does.
        private func revise(_ registry: Registry, _ key: DocumentKey, to number: Int) async throws -> Published {
            let content = try Content.numbered(number)
            return try await registry.revise(key, .by(changeID: "c")) { head throws(RegistryError) in
                guard head.version == 2 else { throw .invalid("the test failed") }
                return content
            }
        }

        /// The calls that request the same as this one's record.
        var same: Set<Call> {
            switch self {
            case .create: []
            // What a patch makes of the version before cannot be distinguished from the same content sent whole.
            case .update, .createOrUpdate, .reviseToTheSame: [.update, .createOrUpdate, .reviseToTheSame]
            case .updateOtherContent: [.updateOtherContent]
            case .delete: [.delete]
            case .rollbackToFirst: [.rollbackToFirst]
            case .rollbackToSecond: [.rollbackToSecond]
            case .revise: [.revise]
            case .reviseOtherwise: [.reviseOtherwise]
            }
        }
    }

    @Test(arguments: Call.allCases.filter { $0 != .create }, Call.allCases)
    func isAnsweredWithTheSameVersionAnotherRequestUnderTheSameIdentifierIsRefused(first: Call, second: Call)
        async throws
    {
        let registry = try await fixture.registry()
        for number in 1...2 { try await registry.publish(number, to: key) }
        let made = try #require(try await first.perform(registry, key)).record
        let expected = first.same.contains(second) ? "replay of \(made.changeType.rawValue) 3" : "changeReused 3"
        #expect(await outcomeOf { try await second.perform(registry, key) } == expected)
        #expect(try await fixture.history(of: key).count == 3)
    }

    @Test func isAnsweredWithTheVerySameRecordAlsoAfterOtherChangesAndFromAnotherRegistry() async throws {
        let registry = try await fixture.registry()
        let first = try await registry.publish(1, to: key, .create, changeID: "c")
        try await registry.publish(2, to: key)
        try await registry.delete(key)
        let again = try await fixture.registry().publish(1, to: key, .create, changeID: "c")
        #expect(again.isReplay)
        #expect(again.record == first.record)
    }

    @Test func countsBeforeAnyPrecondition() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        try await registry.publish(2, to: key, .update, expecting: .version(1), changeID: "c")
        let again = await outcomeOf {
            try await registry.publish(2, to: key, .update, expecting: .version(1), changeID: "c")
        }
        #expect(again == "replay of updated 2")
    }

    enum Difference: CaseIterable { case author, comment, form }

    @Test(arguments: Difference.allCases, Call.allCases)
    func byAnotherAuthorOrWithAnotherCommentIsAnotherRequest(_ difference: Difference, _ call: Call) async throws {
        let registry = try await fixture.registry()
        for number in 1...2 where call != .create { try await registry.publish(number, to: key) }
        let made = try #require(try await call.perform(registry, key)).record
        var origin = ChangeOrigin.by(changeID: "c")
        switch difference {
        case .author: origin.author = "another author"
        case .comment: origin.comment = "another reason"
        case .form: origin.comment += " "
        }
        let outcome = await outcomeOf {
            switch call {
            case .create, .update, .updateOtherContent, .createOrUpdate:
                try await registry.publish(
                    ChangeRequest(
                        .publish(made.content, made.version == 1 ? .create : .update), of: key, origin: origin))
            case .delete: try await registry.write(ChangeRequest(.delete, of: key, origin: origin))
            case .rollbackToFirst, .rollbackToSecond:
                try await registry.publish(
                    ChangeRequest(.rollback(toVersion: made.restoredFrom ?? 0), of: key, origin: origin))
            case .revise, .reviseOtherwise, .reviseToTheSame:
                try await registry.revise(key, origin) { (_) throws(RegistryError) in made.content }
            }
        }
        #expect(outcome == "changeReused \(made.version)")
    }

    @Test func onAnotherDocumentIsAnotherChange() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key, changeID: "c")
        #expect(
            await outcomeOf { try await registry.publish(1, to: .named("other"), changeID: "c") } == "created 1")
    }

    @Test func atTheSameTimeMakesOneVersion() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        let outcomes = try await withThrowingTaskGroup(of: Published.self) { group in
            for number in 0..<16 {
                group.addTask { try await registries[number % 2].publish(1, to: key, changeID: "c") }
            }
            return try await group.reduce(into: [Published]()) { $0.append($1) }
        }
        #expect(Set(outcomes.map(\.record.recordHash)).count == 1)
        // Each of the two registries may have appended the very same record, and got the response that it is stored.
        #expect((1...2).contains(outcomes.filter { !$0.isReplay }.count))
        #expect(try await fixture.history(of: key).count == 1)
    }

    @Test func contentThatIsPublishedCostsNoLookUpAPatchUnderAnIdentifierOfTheClientsCostsOne() async throws {
        let fixture = Fixture.lasting
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let reads = fixture.store.control.reads
        try await registry.publish(2, to: key)
        try await registry.publish(3, to: key, changeID: "c")
        #expect(fixture.store.control.reads == reads)
        _ = try await registry.revise(key, .by(changeID: "d")) { (_) throws(RegistryError) in
            Content(canonical: Array(#"{"n":4}"#.utf8))
        }
        #expect(fixture.store.control.reads == reads + 1)
    }
}
