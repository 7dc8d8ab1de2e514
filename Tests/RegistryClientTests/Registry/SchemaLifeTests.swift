import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// Schemas through the client and a real registry, over HTTP.
@Suite(.timeLimit(.minutes(1))) struct SchemaLifeTests {
    private let key: DocumentKey
    private let schema: SchemaDocument

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        schema = SchemaDocument(
            schema: try JSONValue(
                parsing: Array(
                    #"{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"n":{"type":"integer"}}}"#.utf8
                )))
    }

    @Test func aSchemaIsPutReadCheckedAndEnded() async throws {
        try await RunningRegistry.with { client, _ in
            let put = try await client.putSchema(
                schema, of: "parsing", WriteOptions(comment: "why", createdBy: "me", expected: .version(0)))
            #expect(put.version == 1 && put.comment == "why" && put.createdBy == "me" && put.breaks.isEmpty)
            #expect(put.schemaHash == schema.hash && put.checks == .each && put.checkedDocuments == 0)
            let served = try await client.schema(of: "parsing")
            #expect(served.document == schema && served.version == 1 && served.recordHash == put.recordHash)
            let merged = SchemaDocument(schema: schema.schema, checks: .merged)
            #expect(try await client.putSchema(merged, of: "parsing").version == 2)
            #expect(try await client.schema(of: "parsing", version: 1) == served)
            let history = try await client.schemaHistory(of: "parsing")
            #expect(history.map(\.version) == [2, 1] && history[1].recordHash == put.recordHash)
            #expect(try await client.schemaVersion(2, of: "parsing") == history[0])
            #expect(try await client.schemas().elements.map(\.key) == [history[0].key])
            #expect(try await client.deleteSchema(of: "parsing") == .deleted(version: 3))
            #expect(try await client.deleteSchema(of: "parsing") == .nothing)
            #expect(try await client.schemas().elements.isEmpty)
            await #expect(throws: RegistryClientError.self) { try await client.schema(of: "parsing") }
        }
    }

    @Test func whatDoesNotFitIsNamed() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(Content(parsing: Array(#"{"n":"x"}"#.utf8)), as: key)
            do throws(RegistryClientError) {
                _ = try await client.putSchema(schema, of: "parsing")
                Issue.record("it was taken")
            } catch {
                #expect(error.code == .refused && error.problem?.type == .schemaBreaks)
            }
            let check = try await client.checkSchema(of: "parsing", schema: schema.schema)
            #expect(!check.isValid && check.hidden == 0 && check.documents.map(\.environment) == ["prod"])
            #expect(check.documents.first?.findings.first?.pointer == "/n")
            let forced = try await client.putSchema(
                schema, of: "parsing", WriteOptions(overrides: try CheckOverrides(["schema-breaks"])))
            #expect(forced.breaks.map(\.version) == [1] && forced.overrides == #"["schema-breaks"]"#)
            let history = try await client.checkSchema(of: "parsing", history: 5)
            #expect(history.version == 1 && history.documents.count == 1)
        }
    }
}
