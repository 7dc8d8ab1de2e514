import ConfigModel
import RegistryAPI
import RegistryClient
import Testing

/// What checks say, as a client of a registry has it.
@Suite(.timeLimit(.minutes(1))) struct CheckedWriteTests {
    private let key: DocumentKey
    private let secret: Content

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        secret = try Content(parsing: Array(#"{"password":"hunter2-and-more"}"#.utf8))
    }

    @Test func aRefusalHasItsFindingsAndTheOverrideOfEachLetsTheWritePass() async throws {
        try await RunningRegistry.with { client, _ in
            let refused = try await failure { () throws(RegistryClientError) in
                try await client.publish(secret, as: key)
            }
            #expect(refused.code == .refused && refused.problem?.type == "checks-failed")
            let findings = refused.problem?.findings ?? []
            #expect(findings.map(\.pointer) == ["/password"] && refused.problem?.moreFindings == 0)
            let overrides = try CheckOverrides(findings.compactMap(\.override))
            let made = try await client.publish(secret, as: key, WriteOptions(overrides: overrides))
            #expect(made.overrides == #"["secret:/password"]"# && made.warnings.isEmpty)
            let patch = DocumentPatch.merge(try JSONObject([("n", .null), ("m", .bool(true))]))
            let next = try await client.patch(patch, of: key)
            #expect(next.version == 2 && next.overrides == nil && next.warnings.map(\.pointer) == ["/password"])
            let rolled = try await client.rollback(key, to: 1)
            #expect(rolled.warnings.map(\.check) == [.secret])
            let comment = WriteOptions(
                comment: "AKIAQYLPMN5HFIQR7XYA", overrides: try CheckOverrides(["secret:comment"]))
            #expect(try await client.delete(key, comment) == .deleted(version: 4))
        }
    }

    @Test func aChangeIsJudgedWithoutBeingMade() async throws {
        try await RunningRegistry.with { client, _ in
            let bad = try await client.validate(secret, as: key)
            #expect(!bad.isValid && bad.baseVersion == 0 && bad.errors.map(\.rule) == ["named"])
            #expect(bad.contentHash == secret.hash && bad.hidden == 0)
            let named = WriteOptions(overrides: try CheckOverrides(["secret:/password"]))
            #expect(try await client.validate(secret, as: key, named).isValid)
            _ = try await client.publish(secret, as: key, named)
            let operation = try JSONValue(parsing: #"{"op":"add","path":"/n","value":1}"#)
            let good = try await client.validate(.operations([operation]), of: key)
            #expect(good.isValid && good.baseVersion == 1 && good.warnings.map(\.pointer) == ["/password"])
            #expect(good.diff == .array([operation]))
            #expect(try await client.history(of: key).count == 1)
        }
    }

    @Test func aContentIsPromoted() async throws {
        try await RunningRegistry.with { client, _ in
            let staging = try DocumentKey(service: "parsing", environment: "staging")
            let missing = try await failure { () throws(RegistryClientError) in
                try await client.promote(key, from: "staging")
            }
            #expect(missing.code == .notFound)
            let content = try Content(parsing: Array(#"{"n":1}"#.utf8))
            _ = try await client.publish(content, as: staging)
            let made = try await client.promote(key, from: "staging", version: 1, WriteOptions(comment: "go"))
            #expect(made.key == key && made.content == content)
            #expect(made.comment == "promoted from parsing/staging version 1 (\(content.hash))\ngo")
        }
    }
}
