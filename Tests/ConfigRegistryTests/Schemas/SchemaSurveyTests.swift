import ConfigModel
import TestSupport
import Testing

@testable import ConfigRegistry

/// How many documents do not fit the schema of their service, as the metric says it.
@Suite(.timeLimit(.minutes(1))) struct SchemaSurveyTests {
    private let fixture = Fixture.schemas

    @Test func documentsThatWereLetPassAreKnownAtOnceAndLeftOutWhenTheyFitAgain() async throws {
        let registry = try await fixture.registry()
        for environment in ["dev", "prod"] {
            try await registry.publish(#"{"n":"x"}"#, to: .named("parsing/\(environment)"))
        }
        #expect(registry.schemaStatus == SchemaStatus(services: 0, brokenDocuments: 0, isCurrent: true))
        try await registry.put(.integer, of: "parsing", ["schema-breaks"])
        #expect(registry.schemaStatus == SchemaStatus(services: 1, brokenDocuments: 2, isCurrent: true))
        try await registry.publish(1, to: .named("parsing/dev"))
        await registry.survey.look(pausing: .zero)
        #expect(registry.schemaStatus.brokenDocuments == 1)
        _ = try await registry.deleteSchema(of: "parsing", origin: .by())
        #expect(registry.schemaStatus == SchemaStatus(services: 0, brokenDocuments: 0, isCurrent: true))
    }

    /// Each of the two fits as its writer sees it.
    @Test func documentsThatDoNotFitMergedAreFound() async throws {
        let registry = try await fixture.registry()
        try await registry.put(
            SchemaDocument(schema: JSONValue(parsing: Array(#"{"maxProperties":1}"#.utf8)), checks: .merged),
            of: "parsing")
        try await registry.publish(#"{"a":1}"#, to: .named("parsing/prod"))
        try await registry.publish(#"{"b":1}"#, to: .named("parsing/default"), ["schema"])
        await registry.survey.look(pausing: .zero)
        #expect(registry.schemaStatus.brokenDocuments == 1)
        let other = try await fixture.registry()
        #expect(other.schemaStatus == SchemaStatus(services: 1, brokenDocuments: 0, isCurrent: true))
        await other.survey.look(pausing: .zero)
        #expect(other.schemaStatus.brokenDocuments == 1)
    }
}
