import ChangeChecks
import ConfigModel
import ConfigRegistry
import ConfigSignatures
import Synchronization
import TestSupport
import Testing

/// Refuses what is stored under a list of rules, and remembers what it was shown.
private final class RecordingCheck: ChangeCheck {
    private struct State {
        var rules: [String] = []
        var error: RegistryError?
        var warnings: [String] = []
        var seen: [CheckedChange] = []
        var executors: [UnownedTaskExecutor?] = []
    }

    private let state = Mutex(State())

    /// The rules that every draft breaks from now on.
    func refuse(_ rules: String...) { state.withLock { $0.rules = rules } }

    /// The check cannot be made.
    func fail(_ error: RegistryError?) { state.withLock { $0.error = error } }

    /// What is said beside the findings from now on.
    func warn(_ rules: String...) { state.withLock { $0.warnings = rules } }

    var seen: [CheckedChange] { state.withLock { $0.seen } }

    /// The executor that each look was on, where it was not the usual one.
    var executors: [UnownedTaskExecutor?] { state.withLock { $0.executors } }

    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        let executor = withUnsafeCurrentTask { $0?.unownedTaskExecutor }
        let (error, findings, warnings) = state.withLock { state in
            state.seen.append(change)
            state.executors.append(executor)
            return (state.error, state.rules.map(Self.finding), state.warnings.map(Self.finding))
        }
        if let error { throw error }
        return CheckReport(findings: findings, warnings: warnings)
    }

    static func finding(_ rule: String) -> CheckFinding {
        CheckFinding(
            .secret, rule: rule, pointer: "/\(rule)", message: "The value is \(rule).", override: "secret:/\(rule)")
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

        func perform(
            _ registry: Registry, _ key: DocumentKey, changeID: String? = nil, overrides: CheckOverrides = .none
        ) async throws -> Published? {
            var origin = ChangeOrigin.by(changeID: changeID)
            origin.overrides = overrides
            return try await registry.write(ChangeRequest(try operation, of: key, origin: origin))
        }

        private var operation: ChangeRequest.Operation {
            get throws {
                switch self {
                case .publish: .publish(try .numbered(3), .update)
                case .patch: .revise { _ throws(RegistryError) in Content(canonical: Array(#"{"n":3}"#.utf8)) }
                case .rollback: .rollback(toVersion: 1)
                case .delete: .delete
                }
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
            let seen = try #require(check.seen.last)
            #expect(seen.draft == made)
            #expect(try seen.content == made.content.object)
            #expect(seen.head?.version == 2)
            #expect(seen.headContent?["n"] == (write == .delete ? nil : .number(JSONNumber(2))))
            #expect(seen.isDeletion == (write == .delete) && seen.isRollback == (write == .rollback))
            #expect(check.seen.first?.head == nil)
        }
    }

    @Test func seeADraftBeforeItIsSigned() async throws {
        let made = try await registry(signer: try RecordSigner.generate()).publish(1, to: key).record
        #expect(made.signature != nil)
        #expect(first.seen.map(\.draft.signature) == [nil])
        #expect(first.seen.first?.draft.recordHash == made.recordHash)
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

    @Test(arguments: Write.allCases)
    func letPassWhatTheAuthorNamesAndRecordWhatWasNeededOfIt(_ write: Write) async throws {
        let registry = try await registryWithTwoVersions()
        first.refuse("odd")
        second.refuse("late")
        let partly = try CheckOverrides(["secret:/late", "blast-radius"])
        #expect(
            await outcomeOf { try await write.perform(registry, key, overrides: partly) } == "checksFailed odd")
        let wholly = try CheckOverrides(["secret:/odd", "secret:/late", "blast-radius"])
        let made = try #require(try await write.perform(registry, key, overrides: wholly)).record
        #expect(made.overrides == #"["secret:/late","secret:/odd"]"#)
        #expect(made.recordHash == made.computedRecordHash)
        #expect(try await fixture.history(of: key).last == made)
        #expect(second.seen.last?.draft.overrides == nil)
    }

    @Test func recordNothingOfOverridesThatWereNotNeeded() async throws {
        let registry = try await registryWithTwoVersions()
        let named = try CheckOverrides(["blast-radius"])
        #expect(try await Write.publish.perform(registry, key, overrides: named)?.record.overrides == nil)
    }

    @Test func doNotDistinguishARepeatedRequestByItsOverrides() async throws {
        let registry = try await registryWithTwoVersions()
        first.refuse("odd")
        let named = try CheckOverrides(["secret:/odd"])
        let made = try await Write.publish.perform(registry, key, changeID: "c", overrides: named)
        let again = try await Write.publish.perform(registry, key, changeID: "c")
        #expect(again?.isReplay == true && again?.record == made?.record)
    }

    @Test(arguments: Write.allCases)
    func haveWarningsReturnedWithTheVersionAndNotStored(_ write: Write) async throws {
        let registry = try await registryWithTwoVersions()
        first.warn("old")
        second.warn("long", "wide")
        let made = try #require(try await write.perform(registry, key, changeID: "c"))
        #expect(made.warnings == ["old", "long", "wide"].map(RecordingCheck.finding))
        #expect(made.record.overrides == nil)
        #expect(try await write.perform(registry, key, changeID: "c")?.warnings == [])
    }

    @Test func lookAtLargeContentsOnThreadsOfTheirOwn() async throws {
        let registry = try await registry()
        let large = JSONValue.string(String(repeating: "x", count: 20_000))
        let contents = try [JSONValue.null, large, .null, .null].map { Content(try JSONObject([("x", $0)])) }
        var origin = ChangeOrigin.by()
        for content in contents {
            origin.changeID += "x"
            origin.overrides = try CheckOverrides(["blast-radius"])
            _ = try await registry.publish(
                ChangeRequest(.publish(content, .createOrUpdate), of: key, origin: origin))
        }
        #expect(first.executors.map { $0 != nil } == [false, true, true, false])
    }

    @Test func refuseOnlyOnAHeadThatWasReadAfterTheRequestCameIn() async throws {
        let registry = try await registryWithTwoVersions()
        let other = try await fixture.registry()
        try await other.publish(7, to: key)
        first.refuse("odd")
        let reads = fixture.store.control.reads
        #expect(await outcomeOf { try await registry.publish(8, to: key) } == "checksFailed odd")
        #expect(fixture.store.control.reads == reads + 1)
        #expect(first.seen.suffix(2).map(\.head?.version) == [2, 3])
    }
}
