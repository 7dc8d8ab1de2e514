import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("Putting a schema in force", .timeLimit(.minutes(1)))
struct SchemaPublicationTests {
    private let fixture = Fixture.schemas
    private let key: DocumentKey
    private let schema: DocumentKey

    init() throws {
        key = try .named("parsing/prod")
        schema = try SchemaDocument.key(of: "parsing")
    }

    @Test func isAVersionOfADocumentOfItsOwn() async throws {
        let registry = try await fixture.registry()
        let first = try await registry.put(.integer, of: "parsing")
        let second = try await registry.put(.text, of: "parsing")
        #expect(first.record.version == 1 && first.record.changeType == .created)
        #expect(second.record.version == 2 && second.record.previousHash == first.record.recordHash)
        #expect(try SchemaDocument(second.record.content) == .text)
        #expect(try await registry.deleteSchema(of: "parsing", origin: .by())?.record.version == 3)
        #expect(try await registry.deleteSchema(of: "parsing", origin: .by()) == nil)
        try await registry.publish(1, to: key)
        #expect(try await registry.put(.integer, of: "parsing").record.version == 4)
        #expect(try await fixture.history(of: schema).map(\.changeType) == [.created, .updated, .deleted, .created])
    }

    @Test func isRefusedWhenHeadsDoNotFitAndNamesThem() async throws {
        let registry = try await fixture.registry()
        for (name, count) in [("parsing/prod", 3), ("parsing/dev", 1), ("parsing/default", 1)] {
            for number in 1...count { try await registry.publish(number, to: .named(name)) }
        }
        try await registry.publish(#"{"n":"fits"}"#, to: .named("parsing/good"))
        try await registry.delete(.named("parsing/dev"))
        do {
            try await registry.put(.text, of: "parsing")
            Issue.record("it was taken")
        } catch RegistryError.schemaBreaks(let service, let breaks) {
            #expect(service == "parsing")
            #expect(breaks.map { "\($0.key)@\($0.version)" } == ["parsing/default@1", "parsing/prod@3"])
            #expect(breaks.allSatisfy { $0.findings.map(\.pointer) == ["/n"] })
        }
        #expect(try await fixture.history(of: schema).isEmpty)
        try await registry.publish(4, to: key)
    }

    @Test func isForcedByNameAndTheHeadsStayAsTheyAre() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let made = try await registry.put(.text, of: "parsing", ["schema-breaks"])
        #expect(made.record.overrides == #"["schema-breaks"]"#)
        #expect(made.breaks.map(\.key) == [key] && made.documentCount == 1)
        #expect(try await registry.head(of: key)?.record.version == 1)
        #expect(await outcomeOf { try await registry.publish(2, to: key) } == "checksFailed type")
        try await registry.publish(#"{"n":"x"}"#, to: key)
    }

    @Test(arguments: [#"{"type":17}"#, ##"{"$ref":"#/nowhere"}"##])
    func isRefusedWhenTheSchemaCannotBeUsed(_ text: String) async throws {
        let registry = try await fixture.registry()
        let document = SchemaDocument(schema: try JSONValue(parsing: Array(text.utf8)))
        do {
            try await registry.put(document, of: "parsing")
            Issue.record("it was taken")
        } catch RegistryError.invalidSchema(let problems) {
            #expect(!problems.isEmpty)
        }
        #expect(try await fixture.history(of: schema).isEmpty)
    }

    @Test func isComparedWithTheVersionThatTheCallerSaw() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.integer, of: "parsing", expecting: .version(0))
        await #expect(throws: RegistryError.self) {
            try await registry.put(.text, of: "parsing", expecting: .version(0))
        }
        #expect(try await registry.put(.text, of: "parsing", expecting: .version(1)).record.version == 2)
    }

    @Test func onceMoreUnderTheSameIdentifierIsTheSameVersionWhateverWasPublishedSince() async throws {
        let registry = try await fixture.registry()
        let first = try await registry.put(.text, of: "parsing", changeID: "c")
        try await registry.publish(#"{"n":1}"#, to: key, ["schema"])
        let again = try await registry.put(.text, of: "parsing", changeID: "c")
        #expect(again.isReplay && again.record == first.record && again.breaks.map(\.key) == [key])
    }

    /// A document that another registry published before it knew the schema.
    @Test func namesWhatSlippedInBeforeEveryRegistryKnewIt() async throws {
        let others = Gate()
        let fixture = Fixture { options in
            options = self.fixture.options
            options.settleSchema = { await others.pass() }
        }
        let registry = try await fixture.registry()
        let other = try await fixture.registry()
        try await registry.publish(#"{"n":"fits"}"#, to: key)
        async let put = registry.put(.text, of: "parsing")
        try await eventually("the schema is stored") { others.arrivals == 1 }
        try await other.publish(1, to: .named("parsing/dev"))
        others.open()
        let made = try await put
        #expect(made.documentCount == 2)
        #expect(made.breaks.map { "\($0.key)@\($0.version)" } == ["parsing/dev@1"])
        try await other.epochs.refresh()
        #expect(await outcomeOf { try await other.publish(2, to: key) } == "checksFailed type")
    }

    @Test func warnsOfWhatMayRefuseDocumentsThatTheSchemaBeforeTook() async throws {
        let registry = try await fixture.registry()
        #expect(try await registry.put(.integer, of: "parsing").warnings == [])
        let made = try await registry.put(.requiring(["n": "integer", "m": "string"]), of: "parsing")
        #expect(made.warnings.map(\.schemaPointer) == ["/required"])
        #expect(made.warnings.map(\.rule) == ["compatibility"])
    }
}
