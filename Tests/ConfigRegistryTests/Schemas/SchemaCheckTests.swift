import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("The schema of a service", .timeLimit(.minutes(1)))
struct SchemaCheckTests {
    private let fixture = Fixture.schemas
    private let key: DocumentKey
    private let defaults: DocumentKey

    init() throws {
        key = try .named("parsing/prod")
        defaults = try .named("parsing/default")
    }

    /// Every kind of write, on a document with the versions `{"n":"x"}` and `{"n":2}`.
    enum Write: String, CaseIterable {
        case publish, patch, rollback

        func perform(_ registry: Registry, _ key: DocumentKey) async throws -> Published {
            switch self {
            case .publish: try await registry.publish(#"{"n":"y"}"#, to: key)
            case .patch:
                try await registry.revise(key) { _ throws(RegistryError) in
                    Content(canonical: Array(#"{"n":"z"}"#.utf8))
                }
            case .rollback: try await registry.rollback(key, to: 1)
            }
        }
    }

    @Test(arguments: Write.allCases)
    func refusesWhatDoesNotFitWhateverKindOfWriteMakesIt(_ write: Write) async throws {
        let registry = try await fixture.registry()
        try await registry.publish(#"{"n":"x"}"#, to: key)
        try await registry.publish(2, to: key)
        try await registry.put(.integer, of: "parsing")
        let findings = try await registry.findings { _ = try await write.perform(registry, key) }
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.check == .schema && finding.pointer == "/n" && finding.keyword == "type")
        #expect(finding.rule == "type" && finding.override == "schema" && finding.environment == nil)
        #expect(try await fixture.history(of: key).count == 2)
        #expect(registry.cachedHead(of: key)?.record.version == 2)
        try await registry.publish(3, to: key)
    }

    @Test func isOverriddenByNameAndTheRecordSaysSo() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.integer, of: "parsing")
        let made = try await registry.publish(#"{"n":"x"}"#, to: key, ["schema", "blast-radius"]).record
        #expect(made.overrides == #"["schema"]"#)
        // Editing it again needs the override again.
        let again = try await registry.findings { _ = try await registry.publish(#"{"n":"y"}"#, to: key) }
        #expect(again.map(\.pointer) == ["/n"])
    }

    @Test func doesNotShowAKeyThatIsASecret() async throws {
        let registry = try await fixture.registry()
        let schema = #"{"properties":{"m":{"additionalProperties":false}}}"#
        try await registry.put(SchemaDocument(schema: JSONValue(parsing: Array(schema.utf8))), of: "parsing")
        let key = "AKIA" + "Q7XW4RT5YUZ2LMNO"
        let findings = try await registry.findings {
            _ = try await registry.publish(#"{"m":{"\#(key)":1}}"#, to: self.key)
        }
        #expect(findings.map(\.check) == [.secret, .schema])
        #expect(findings.map(\.pointer) == ["/m/***", "/m/***"])
        #expect(!findings.contains { $0.message.contains(key) })
    }

    /// Of whatever check a finding or warning is.
    @Test func noFindingOfAnyCheckShowsAKeyThatIsASecret() async throws {
        let registry = try await fixture.registry()
        let one = "AKIA" + "Q7XW4RT5YUZ2LMNO"
        let two = "postgres://app:k7Qm4Zt9xPw2@db/x"
        func content(_ first: String, _ second: String) -> String {
            #"{"m":{"\#(one)":\#(first)},"\#(two)":\#(second)}"#
        }
        try await registry.publish(content("1", "2"), to: key, ["secret:/m/***", "secret:/***"])
        let findings = try await registry.findings { _ = try await registry.publish(content("null", "3"), to: key) }
        #expect(findings.map(\.check) == [.blastRadius] && findings.map(\.pointer) == ["/m/***"])
        let warnings = try await registry.publish(content(#""x""#, "{}"), to: key).warnings
        #expect(warnings.filter { $0.check == .blastRadius }.map(\.pointer) == ["/m/***", "/***"])
    }

    @Test func saysWhatIsNoSecret() async throws {
        let registry = try await fixture.registry()
        let secret = #"{"db":{"password":"hunter2-and-more"}}"#
        let found = try await registry.findings { _ = try await registry.publish(secret, to: key) }
        #expect(found.map(\.pointer) == ["/db/password"])
        let schema =
            #"{"properties":{"db":{"properties":{"password":{"type":"string","configbus:not-secret":true}}}}}"#
        try await registry.put(SchemaDocument(schema: JSONValue(parsing: Array(schema.utf8))), of: "parsing")
        try await registry.publish(secret, to: key)
    }

    /// Its names look like those of secrets, and it may be replaced by a much smaller one.
    @Test func isNoContentThatGuardsLookAt() async throws {
        let registry = try await fixture.registry()
        let schema = #"{"properties":{"password":{"const":"a-long-secret-1","description":"a-long-secret-2"}}}"#
        try await registry.put(SchemaDocument(schema: JSONValue(parsing: Array(schema.utf8))), of: "parsing")
        try await registry.put(SchemaDocument(schema: .object(JSONObject())), of: "parsing")
    }

    @Test func letsADocumentBeDeleted() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        try await registry.put(.integer, of: "parsing")
        #expect(try await registry.delete(key)?.record.changeType == .deleted)
    }

    @Test func isOfOneServiceAndOfAllItsEnvironments() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.text, of: "parsing")
        for name in ["parsing/prod", "parsing/default", "parsing/dev"] {
            let key = try DocumentKey.named(name)
            #expect(await outcomeOf { try await registry.publish(1, to: key) } == "checksFailed type")
        }
        for name in ["parsing.deep/prod", "pars/prod"] { try await registry.publish(1, to: .named(name)) }
    }

    /// With a schema that is in memory, and without one, a publish reads nothing more than it did before.
    @Test(arguments: [true, false])
    func costsAWriteNoReadOfTheStore(_ hasSchema: Bool) async throws {
        let registry = try await fixture.registry()
        if hasSchema { try await registry.put(.integer, of: "parsing") }
        try await registry.publish(1, to: key)
        let reads = fixture.store.control.reads
        for number in 2...50 { try await registry.publish(number, to: key) }
        #expect(fixture.store.control.reads == reads)
    }

    @Test func appliesToTheDocumentOverTheDefaultOneWhenBothAreMerged() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(#"{"n":1,"name":"x"}"#, to: defaults)
        try await registry.put(.requiring(["n": "integer", "name": "string"], checks: .merged), of: "parsing")
        // Alone it would lack its name.
        try await registry.publish(#"{"n":2}"#, to: key)
        let removed = try await registry.findings { _ = try await registry.publish(#"{"name":null}"#, to: key) }
        #expect(removed.map(\.keyword) == ["required"])
        // The default environment's stands alone.
        let incomplete = try await registry.findings { _ = try await registry.publish(#"{"n":1}"#, to: defaults) }
        #expect(Set(incomplete.map(\.environment)) == [nil, "prod"])
    }

    @Test func refusesADefaultThatBreaksAnotherEnvironmentAndNamesIt() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(#"{"n":1,"limits":{"low":1}}"#, to: defaults)
        let schema = #"{"type":"object","properties":{"limits":{"type":"object","maxProperties":2}}}"#
        try await registry.put(
            SchemaDocument(schema: JSONValue(parsing: Array(schema.utf8)), checks: .merged), of: "parsing")
        for name in ["parsing/prod", "parsing/dev"] {
            try await registry.publish(#"{"limits":{"own":1}}"#, to: .named(name))
        }
        let findings = try await registry.findings {
            _ = try await registry.publish(#"{"n":1,"limits":{"low":1,"high":2}}"#, to: defaults)
        }
        #expect(Set(findings.map(\.environment)) == ["prod", "dev"])
        #expect(findings.allSatisfy { $0.pointer == "/limits" && $0.override == "schema" })
        #expect(try await fixture.history(of: defaults).count == 1)
    }

    /// A rollback revives a document: what it could bring back is looked at too.
    @Test func looksAtThePastOfADeletedDocument() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(#"{"n":"x"}"#, to: key)
        try await registry.publish(1, to: key)
        _ = try await registry.delete(key)
        try await registry.publish(1, to: .named("parsing/dev"))
        try await registry.put(.integer, of: "parsing")
        func verdicts(_ history: Int) async throws -> [String] {
            try await registry.checkSchema(of: "parsing", history: history).verdicts.map {
                "\($0.key.environment) \($0.version) \($0.isValid)"
            }.sorted()
        }
        #expect(try await verdicts(0) == ["dev 1 true"])
        #expect(try await verdicts(1) == ["dev 1 true"])
        #expect(try await verdicts(2) == ["dev 1 true", "prod 2 true"])
        #expect(try await verdicts(10) == ["dev 1 true", "prod 1 false", "prod 2 true"])
    }

    /// What this registry remembers of the default document may be old: a refusal rests on a read of the store.
    @Test func refusesOverADefaultThatWasReadAfterTheRequestCameIn() async throws {
        let registry = try await fixture.registry()
        let other = try await fixture.registry()
        try await registry.publish(#"{"n":1}"#, to: defaults)
        try await registry.put(.integer.merged, of: "parsing")
        try await other.epochs.refresh()
        try await registry.publish(#"{"x":1}"#, to: key)
        // Only the other registry knows that `n` is there as a number again.
        try await registry.publish(#"{"n":"x"}"#, to: defaults, ["schema"])
        try await other.publish(#"{"n":2}"#, to: defaults)
        try await registry.publish(#"{"x":2}"#, to: key)
    }

    @Test func isCheckedWithinASecondForTwoHundredEnvironments() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(#"{"n":1}"#, to: defaults)
        for number in 0..<200 { try await registry.publish(#"{"x":1}"#, to: .named("parsing/e\(number)")) }
        try await registry.put(.integer.merged, of: "parsing")
        let findings = try await registry.findings { _ = try await registry.publish(#"{"n":"x"}"#, to: defaults) }
        #expect(Set(findings.compactMap(\.environment)).count == 200)
        let reads = fixture.store.control.reads
        try await registry.publish(#"{"n":2}"#, to: defaults)
        #expect(fixture.store.control.reads - reads <= 4)
    }
}

extension SchemaDocument {
    /// The same, merged over the default environment's document.
    fileprivate var merged: SchemaDocument { SchemaDocument(schema: schema, checks: .merged) }
}
