import ConfigModel
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("A schema and documents in one change set", .timeLimit(.minutes(1)))
struct SchemaInSetTests {
    private let fixture = Fixture.schemas
    private let prod: DocumentKey
    private let defaults: DocumentKey

    init() throws {
        prod = try .named("parsing/prod")
        defaults = try .named("parsing/default")
    }

    private func set(
        _ schema: SchemaDocument?, _ documents: [(DocumentKey, String)], _ overrides: [String] = []
    ) throws -> ChangeSetRequest {
        var members = try documents.map { key, json in
            ChangeSetRequest.Member(.publish(try Content(parsing: Array(json.utf8)), .createOrUpdate), of: key)
        }
        if let schema {
            members.append(
                .init(.publish(schema.content, .createOrUpdate), of: try SchemaDocument.key(of: "parsing")))
        }
        var origin = ChangeOrigin.by()
        origin.overrides = try CheckOverrides(overrides)
        return ChangeSetRequest(members, origin: origin)
    }

    /// What is wrong with each refused member: its place, and where in its content.
    private func refusals(_ registry: Registry, _ set: ChangeSetRequest) async throws -> [String] {
        do {
            _ = try await registry.publish(set)
            return []
        } catch {
            guard case .changeSetRefused(let refusals, _) = error else { throw error }
            return refusals.map { refusal in
                guard case .checksFailed(_, let findings) = refusal.error else { return "\(refusal)" }
                let places = findings.map { "\($0.environment ?? "")\($0.pointer) \($0.override ?? "")" }
                return "\(refusal.index) \(places.joined(separator: ", "))"
            }
        }
    }

    @Test func itsDocumentsAreCheckedWithTheSchemaOfTheSet() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.text, of: "parsing")
        #expect(try await refusals(registry, set(.integer, [(prod, #"{"n":"x"}"#)])) == ["0 /n schema"])
        #expect(try await fixture.history(of: prod).isEmpty)
        let published = try await registry.publish(set(.integer, [(prod, #"{"n":1}"#)]))
        #expect(published.members.count == 2 && published.breaks.isEmpty)
        let findings = try await registry.findings { _ = try await registry.publish(#"{"n":"x"}"#, to: prod) }
        #expect(findings.map(\.pointer) == ["/n"])
    }

    /// It is compiled once, and said of its own member: its documents are judged by the other checks alone.
    @Test func aSchemaThatIsNoneIsOneProblemHoweverManyDocumentsTheSetHas() async throws {
        let registry = try await fixture.registry()
        let colour = SchemaDocument(schema: try JSONValue(parsing: Array(#"{"type":"colour"}"#.utf8)))
        let large = #"{"n":"\#(String(repeating: "x", count: 2 * CheckRunner.smallBytes))"}"#
        var documents = try (0..<50).map { (try DocumentKey.named("parsing/e\($0)"), #"{"n":\#($0)}"#) }
        documents += [(prod, large), (defaults, #"{"password":"hunter2-and-more"}"#)]
        for _ in 0..<2 {
            let refused = try await refusals(registry, set(colour, documents))
            #expect(refused.count == 2 && refused.first == "51 /password secret:/password", "\(refused)")
            #expect(refused.last?.contains("52, error: The JSON Schema cannot be used: /type") == true, "\(refused)")
        }
        #expect(registry.schemas.compiled.compilationCount == 1)
        #expect(try await fixture.history(of: prod).isEmpty)
    }

    @Test func aSchemaThatADocumentOutsideOfTheSetDoesNotFitNeedsItsOverride() async throws {
        let registry = try await fixture.registry()
        let other = try DocumentKey.named("parsing/staging")
        try await registry.publish(1, to: other)
        let text = [(prod, #"{"n":"x"}"#)]
        #expect(try await refusals(registry, set(.text, text)) == ["1 staging/n schema-breaks"])
        let forced = try await registry.publish(set(.text, text, ["schema-breaks"]))
        #expect(forced.breaks.map(\.key) == [other])
    }

    @Test func aDocumentOfTheSetThatBroughtTheOldHeadInOrderBreaksNothing() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: prod)
        let published = try await registry.publish(set(.text, [(prod, #"{"n":"x"}"#)]))
        #expect(published.breaks.isEmpty)
    }

    @Test func documentsThatAreMergedAreSeenAsTheyAreStoredTogether() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.requiring(["n": "integer", "m": "integer"], checks: .merged), of: "parsing")
        try await registry.publish(#"{"n":1,"m":1}"#, to: defaults)
        try await registry.publish(#"{"n":2}"#, to: prod)
        // Each alone would leave nothing valid over it or below it.
        let moved = [(defaults, #"{"n":1,"m":2}"#), (prod, #"{"n":"x","m":1}"#)]
        #expect(try await refusals(registry, set(nil, moved)) == ["1 /n schema"])
        let withoutDefault = try SchemaDocument.requiring(["k": "integer"], checks: .merged)
        let together = [(defaults, #"{"k":1,"m":2}"#), (prod, #"{"n":2}"#)]
        let published = try await registry.publish(set(withoutDefault, together))
        #expect(published.members.count == 3)
    }
}
