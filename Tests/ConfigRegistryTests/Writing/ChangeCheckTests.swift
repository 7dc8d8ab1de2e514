import ConfigModel
import ConfigRegistry
import Synchronization
import TestSupport
import Testing

/// Refuses what is stored under a list of rules, and remembers what it was shown.
private final class RecordingCheck: ChangeCheck {
    private struct State {
        var rules: [String] = []
        var error: RegistryError?
        var drafts: [(draft: VersionRecord, head: VersionRecord?)] = []
    }

    private let state = Mutex(State())

    /// The rules that every draft breaks from now on.
    func refuse(_ rules: String...) { state.withLock { $0.rules = rules } }

    /// The check cannot be made.
    func fail(_ error: RegistryError?) { state.withLock { $0.error = error } }

    var drafts: [(draft: VersionRecord, head: VersionRecord?)] { state.withLock { $0.drafts } }

    func findings(
        about draft: VersionRecord, after head: VersionRecord?
    ) async throws(RegistryError) -> [ChangeFinding] {
        let (error, rules) = state.withLock { state in
            state.drafts.append((draft, head))
            return (state.error, state.rules)
        }
        if let error { throw error }
        return rules.map { ChangeFinding(pointer: "/n", rule: $0, message: "The value is \($0).") }
    }
}

@Suite("Checks before a version", .timeLimit(.minutes(1)))
struct ChangeCheckTests {
    private let fixture = Fixture.lasting
    private let key: DocumentKey
    private let first = RecordingCheck()
    private let second = RecordingCheck()

    init() throws { key = try .named("parsing/prod") }

    private func registry(signer: RecordSigner? = nil) async throws -> Registry {
        let registry = Registry(
            store: fixture.store, bus: fixture.bus, options: fixture.options, signer: signer, checks: [first, second],
            logger: .silent)
        try await registry.start()
        return registry
    }

    /// Every kind of write, on a document with versions 1 and 2.
    enum Write: String, CaseIterable {
        case publish, patch, rollback, delete

        func perform(_ registry: Registry, _ key: DocumentKey, changeID: String? = nil) async throws -> Published? {
            switch self {
            case .publish: try await registry.publish(3, to: key, .update, changeID: changeID)
            case .patch:
                try await registry.revise(key, .by(changeID: changeID)) { _ throws(RegistryError) in
                    Content(canonical: Array(#"{"n":3}"#.utf8))
                }
            case .rollback: try await registry.rollback(key, to: 1, changeID: changeID)
            case .delete: try await registry.delete(key, changeID: changeID)
            }
        }
    }

    private func registryWithTwoVersions() async throws -> Registry {
        let registry = try await registry()
        for number in 1...2 { try await registry.publish(number, to: key) }
        return registry
    }

    @Test(arguments: Write.allCases)
    func areShownTheUnsignedDraftAndTheHeadThatItFollows(_ write: Write) async throws {
        let registry = try await registryWithTwoVersions()
        let made = try #require(try await write.perform(registry, key)).record
        for check in [first, second] {
            let seen = try #require(check.drafts.last)
            #expect(seen.draft == made)
            #expect(seen.head?.version == 2)
            #expect(check.drafts.first?.head == nil)
        }
    }

    @Test func seeADraftBeforeItIsSigned() async throws {
        let made = try await registry(signer: try RecordSigner.generate()).publish(1, to: key).record
        #expect(made.signature != nil)
        #expect(first.drafts.map(\.draft.signature) == [nil])
        #expect(first.drafts.first?.draft.recordHash == made.recordHash)
    }

    @Test(arguments: Write.allCases)
    func refuseAWriteWithTheFindingsOfAllOfThemAndChangeNothing(_ write: Write) async throws {
        let registry = try await registryWithTwoVersions()
        first.refuse("odd", "large")
        second.refuse("late")
        #expect(await outcomeOf { try await write.perform(registry, key) } == "checksFailed odd large late")
        #expect(try await fixture.history(of: key).count == 2)
        #expect(registry.cachedHead(of: key)?.record.version == 2)
        #expect(registry.counters.configsUpdated == 1)
        first.refuse()
        second.refuse()
        #expect(try await write.perform(registry, key)?.record.version == 3)
    }

    @Test(arguments: Write.allCases)
    func refuseAWriteWhenOneOfThemCannotBeMade(_ write: Write) async throws {
        let registry = try await registryWithTwoVersions()
        second.fail(.tooMuchWork("It is too large to be checked."))
        #expect(await outcomeOf { try await write.perform(registry, key) } == "tooMuchWork")
        #expect(try await fixture.history(of: key).count == 2)
    }

    @Test(arguments: Write.allCases)
    func doNotCountForARequestThatMadeItsVersionBefore(_ write: Write) async throws {
        let registry = try await registryWithTwoVersions()
        let made = try #require(try await write.perform(registry, key, changeID: "c")).record
        first.refuse("odd")
        let again = try #require(try await write.perform(registry, key, changeID: "c"))
        #expect(again.isReplay && again.record == made)
    }

    @Test func refuseOnlyOnAHeadThatWasReadAfterTheRequestCameIn() async throws {
        let registry = try await registryWithTwoVersions()
        let other = try await fixture.registry()
        try await other.publish(7, to: key)
        first.refuse("odd")
        let reads = fixture.store.control.reads
        #expect(await outcomeOf { try await registry.publish(8, to: key) } == "checksFailed odd")
        #expect(fixture.store.control.reads == reads + 1)
        #expect(first.drafts.suffix(2).map(\.head?.version) == [2, 3])
    }
}
