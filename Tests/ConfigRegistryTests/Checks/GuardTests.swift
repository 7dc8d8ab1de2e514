import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

/// The guards that every registry has.
@Suite(.timeLimit(.minutes(1))) struct GuardTests {
    static let secret = "hunter2-and-more"

    private let fixture = Fixture.lasting
    private let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    private func content(_ json: String) throws -> Content { try Content(parsing: Array(json.utf8)) }

    private func origin(_ overrides: [String] = [], comment: String = "why not") throws -> ChangeOrigin {
        var origin = ChangeOrigin.by()
        origin.comment = comment
        origin.overrides = try CheckOverrides(overrides)
        return origin
    }

    @discardableResult
    private func publish(
        _ json: String, _ registry: Registry, overriding overrides: [String] = [], comment: String = "why not"
    ) async throws -> Published {
        try await registry.publish(
            ChangeRequest(
                .publish(content(json), .createOrUpdate), of: key, origin: origin(overrides, comment: comment)))
    }

    /// Check, rule and pointer of each finding that refuses a change.
    private func refusal(_ write: () async throws -> Published?) async throws -> [String] {
        do {
            _ = try await write()
            return []
        } catch let error as RegistryError {
            guard case .checksFailed(_, let findings) = error else { throw error }
            #expect(!error.detail.contains(Self.secret))
            return findings.map { "\($0.check.rawValue) \($0.rule) \($0.pointer)" }
        }
    }

    // MARK: Secrets

    @Test func aSecretIsRefusedAndItsOverrideCoversNoOther() async throws {
        let registry = try await fixture.registry()
        let one = #"{"db":{"password":"\#(Self.secret)"}}"#
        #expect(try await refusal { try await publish(one, registry) } == ["secret named /db/password"])
        let stored = try await publish(one, registry, overriding: ["secret:/db/password"])
        #expect(stored.record.overrides == #"["secret:/db/password"]"#)
        let two = #"{"api_key":"\#(Self.secret)","db":{"password":"\#(Self.secret)"}}"#
        #expect(
            try await refusal { try await publish(two, registry, overriding: ["secret:/db/password"]) }
                == ["secret named /api_key"])
    }

    @Test func aSecretThatTheHeadHasIsAWarning() async throws {
        let registry = try await fixture.registry()
        try await publish(#"{"password":"\#(Self.secret)"}"#, registry, overriding: ["secret:/password"])
        let next = try await publish(#"{"n":1,"password":"\#(Self.secret)"}"#, registry)
        #expect(next.record.overrides == nil && next.warnings.map(\.pointer) == ["/password"])
        #expect(
            try await refusal { try await publish(#"{"password":"another-\#(Self.secret)"}"#, registry) }
                == ["secret named /password"])
    }

    @Test func aSecretInTheCommentIsRefusedWhateverIsDone() async throws {
        let registry = try await fixture.registry()
        try await publish(#"{"n":1}"#, registry)
        let writes: [ChangeRequest.Operation] = [
            .publish(try content(#"{"n":2}"#), .update), .delete, .rollback(toVersion: 1),
        ]
        for operation in writes {
            let request = ChangeRequest(
                operation, of: key, origin: try origin(comment: "use AKIAQYLPMN5HFIQR7XYA for it"))
            #expect(try await refusal { try await registry.write(request) } == ["secret aws comment"])
        }
    }

    @Test func whatAPatchMakesIsCheckedAndNotThePatch() async throws {
        let registry = try await fixture.registry()
        try await publish(#"{"db":{"password":null,"user":"me"}}"#, registry)
        let made = try content(#"{"db":{"password":"\#(Self.secret)","user":"me"}}"#)
        let patch = ChangeRequest(.revise { _ throws(RegistryError) in made }, of: key, origin: try origin())
        #expect(try await refusal { try await registry.write(patch) } == ["secret named /db/password"])
    }

    // MARK: The blast radius

    /// A content, the next one, and the rule that refuses it; nil when none does.
    static let changes: [(old: String, new: String, rule: String?)] = [
        (#"{"a":1}"#, "{}", "emptied"),
        ("{}", "{}", nil),
        (#"{"a":1,"b":2}"#, #"{"a":null,"b":2}"#, "nulled"),
        (#"{"a":1,"b":null}"#, #"{"a":2,"b":null}"#, nil),
        (#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}"#, #"{"a":1,"b":2,"c":3,"d":4}"#, "removed"),
        (#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}"#, #"{"a":1,"b":2,"c":3}"#, nil),
        (#"{"a":1}"#, #"{"a":"\#(String(repeating: "x", count: 5_000))"}"#, "grown"),
        (#"{"a":1}"#, #"{"a":"\#(String(repeating: "x", count: 4_000))"}"#, nil),
    ]

    @Test(arguments: changes)
    func aChangeThatIsTooLargeIsRefused(_ change: (old: String, new: String, rule: String?)) async throws {
        let registry = try await fixture.registry()
        try await publish(change.old, registry)
        let found = try await refusal { try await publish(change.new, registry) }
        guard let rule = change.rule else {
            #expect(found == [])
            return
        }
        #expect(found.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == ["blast-radius \(rule)"])
        let stored = try await publish(change.new, registry, overriding: ["blast-radius"])
        #expect(stored.record.overrides == #"["blast-radius"]"#)
    }

    @Test func aNewDocumentAndADeletionHaveNone() async throws {
        let registry = try await fixture.registry()
        let large = #"{"text":"\#(String(repeating: "x", count: 20_000))"}"#
        try await publish(large, registry)
        #expect(try await registry.delete(key)?.record.overrides == nil)
        #expect(try await publish("{}", registry).record.version == 3)
    }

    // MARK: Rollback

    @Test func whatARollbackBringsBackOnlyWarns() async throws {
        let registry = try await fixture.registry()
        let first = #"{"password":"\#(Self.secret)"}"#
        try await publish(first, registry, overriding: ["secret:/password"])
        let second = #"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"password":null}"#
        try await publish(second, registry, overriding: ["blast-radius"])
        let back = try await registry.rollback(key, to: 1)
        #expect(back.record.overrides == nil)
        #expect(back.warnings.map { "\($0.check.rawValue) \($0.rule)" } == ["secret named", "blast-radius removed"])
    }

    @Test func findingsAreCountedByCheckAndByWhatBecameOfThem() async throws {
        let registry = try await fixture.registry()
        let content = #"{"password":"\#(Self.secret)"}"#
        for _ in 1...2 { _ = try await refusal { try await publish(content, registry) } }
        try await publish(content, registry, overriding: ["secret:/password"])
        try await publish(content, registry)
        let checks = registry.counters.checks
        #expect(checks.count(.secret, .refused) == 2)
        #expect(checks.count(.secret, .overridden) == 1)
        #expect(checks.count(.secret, .warned) == 1)
        #expect(checks.count(.blastRadius, .refused) == 0)
    }

    // MARK: Judging without writing

    @Test func validatingSaysWhatAWriteWouldAndDoesNothing() async throws {
        let registry = try await fixture.registry()
        try await publish(#"{"a":1,"b":2}"#, registry)
        let bad = try content(#"{"a":null,"password":"\#(Self.secret)"}"#)
        let request = ChangeRequest(
            .publish(bad, .createOrUpdate), of: key, origin: try origin(["secret:/password", "blast-radius"]))
        let named = try await registry.validate(request)
        #expect(named.errors == [] && named.record.overrides == #"["blast-radius","secret:/password"]"#)
        let judged = try await registry.validate(
            ChangeRequest(.publish(bad, .createOrUpdate), of: key, origin: try origin()))
        #expect(judged.errors.map(\.rule) == ["named", "nulled"])
        #expect(judged.baseVersion == 1 && judged.head?.version == 1 && judged.record.content == bad)
        #expect(try await fixture.history(of: key).count == 1)
        #expect(registry.counters.checks.count(.secret, .refused) == 0)
    }
}
