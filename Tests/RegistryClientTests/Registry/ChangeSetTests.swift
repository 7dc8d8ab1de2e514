import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// Change sets of the client at a real registry, over HTTP.
@Suite(.timeLimit(.minutes(1))) struct ChangeSetTests {
    private let keys: [DocumentKey]
    private let content: Content

    init() throws {
        keys = try ["a", "b", "c", "d"].map { try DocumentKey(service: $0, environment: "prod") }
        content = try Content(parsing: Array(#"{"big":18446744073709551617,"f":1.0}"#.utf8))
    }

    @Test func everyKindOfChangeIsSentAndItsVersionComesBack() async throws {
        try await RunningRegistry.with { client, _ in
            for key in keys.dropFirst() { _ = try await client.create(content, as: key) }
            let replace: JSONValue = try JSONValue(parsing: #"{"op":"replace","path":"/f","value":2}"#)
            let set = try await client.publish(
                changeSet: ChangeSetPublication(
                    [
                        DocumentChange(.publish(content), of: keys[0], expected: .version(0)),
                        DocumentChange(.patch(.operations([replace])), of: keys[1], expected: .etag("\"1.1\"")),
                        DocumentChange(.restore(version: 1), of: keys[2]), DocumentChange(.delete, of: keys[3]),
                    ], comment: "why", createdBy: "me", correlationID: "c-1"))
            let records = set.documents.map(\.record)
            #expect(records.map(\.key) == keys && records.map(\.version) == [1, 2, 2, 2])
            #expect(records.allSatisfy { $0.changeSet?.id == set.id && $0.comment == "why" && $0.createdBy == "me" })
            #expect(records.allSatisfy { $0.correlationID == "c-1" && $0.epoch == set.epoch })
            #expect(String(decoding: records[1].content.bytes, as: UTF8.self).contains(#""f":2"#))
            #expect(records[2].restoredFrom == 1 && records[3].isTombstone)
            #expect(!set.documents.contains { !$0.warnings.isEmpty })
            let found = try await client.changeSet(set.id)
            #expect(found.records == records && found.size == 4 && found.hidden == 0)
        }
    }

    @Test func contentsThatTheCallerHasAreNotSentBackAndComparedAllTheSame() async throws {
        try await RunningRegistry.with { client, _ in
            let set = try await client.publish(
                changeSet: ChangeSetPublication(keys.map { DocumentChange(.publish(content), of: $0) }))
            #expect(set.documents.allSatisfy { $0.record.content == content })
        }
    }

    @Test func aRefusalNamesEveryDocument() async throws {
        try await RunningRegistry.with { client, _ in
            let set = ChangeSetPublication([
                DocumentChange(.publish(content), of: keys[0]), DocumentChange(.delete, of: keys[1]),
                DocumentChange(.publish(content), of: keys[2], expected: .version(7)),
            ])
            let error = try await failure { () throws(RegistryClientError) in
                try await client.publish(changeSet: set)
            }
            let problems = error.problem?.memberProblems ?? []
            #expect(problems.map { "\($0.index) \($0.problem.type)" } == ["1 unknown", "2 version-mismatch"])
            #expect(error.code == .notFound)
            let unknown = try await failure { () throws(RegistryClientError) in
                try await client.changeSet("1-" + String(repeating: "0", count: 32))
            }
            #expect(unknown.code == .notFound && unknown.problem?.type == "unknown-change-set")
        }
    }
}
