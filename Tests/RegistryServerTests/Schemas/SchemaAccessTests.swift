import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

/// Who may do what to the schema of a service.
@Suite(.timeLimit(.minutes(1))) struct SchemaAccessTests {
    private static let path = "/api/configs/parsing/schema"

    /// A call, and the grants of which each is enough for it.
    static let calls: [(HTTPRequest.Method, String, String?, Bool)] = [
        (.get, path, nil, false), (.get, path + "?version=1", nil, false), (.get, path + "/history", nil, false),
        (.get, path + "/versions/1", nil, false), (.post, path + "/check", "{}", false),
        (.put, path, SampleSchema.body(SampleSchema.port), true), (.delete, path, nil, true),
    ]

    static let grants: [(String, reads: Bool, writes: Bool)] = [
        ("reader:parsing/prod", true, false), ("reader:#/*", true, false), ("publisher:parsing/*", true, false),
        ("admin:parsing/*", true, true), ("admin:#/*", true, true), ("admin:parsing/prod", true, false),
        ("reader:other/*", false, false), ("admin:other/*", false, false), ("monitor:#/*", false, false),
    ]

    @Test(arguments: calls)
    func readingNeedsOneEnvironmentAndWritingAnAdministratorOfAll(
        _ method: HTTPRequest.Method, _ target: String, _ body: String?, _ writes: Bool
    ) async throws {
        try await AccessServer.run { server in
            _ = try await server.call(.put, Self.path, SampleSchema.body(SampleSchema.port))
            for grant in Self.grants {
                let token = try await server.token(grant.0)
                let answer = try await server.call(method, target, body, token: token.text)
                let isAllowed = writes ? grant.writes : grant.reads
                #expect((answer.status != 403) == isAllowed, "\(grant.0): \(answer.text)")
                guard !isAllowed else { continue }
                #expect(answer.problem == "not-allowed")
                #expect(answer["key"] == "parsing/*")
                #expect(answer["needs"] == (writes ? "admin" : "reader"))
                // Of an administrator's grant all environments are needed, of a reader's any is enough.
                #expect(
                    answer.detail.contains(writes ? "'admin:parsing/*'" : "'reader:parsing/prod'"), "\(answer.detail)")
            }
        }
    }

    @Test func aListHoldsWhatMayBeRead() async throws {
        try await AccessServer.run { server in
            for service in ["a", "b", "c"] {
                _ = try await server.call(
                    .put, "/api/configs/\(service)/schema", SampleSchema.body(SampleSchema.port))
            }
            let token = try await server.token("reader:a/prod", "reader:c/*")
            let list = try await server.get("/api/schemas?limit=2", token: token.text)
            #expect(list.list.compactMap { $0["service_name"]?.description } == ["\"a\"", "\"c\""])
            #expect(list.header("Link") == nil)
        }
    }

    @Test func onlyEnvironmentsThatTheCallerMayReadAreNamed() async throws {
        try await AccessServer.run { server in
            for environment in ["prod", "dev", "default"] {
                _ = try await server.call(
                    .post, "/api/configs/parsing?environment=\(environment)", #"{"config_data":{"db":{"port":"x"}}}"#)
            }
            let token = try await server.token("reader:parsing/dev")
            let check = try await server.call(
                .post, Self.path + "/check", SampleSchema.body(SampleSchema.port), token: token.text)
            #expect(check["valid"] == .bool(false), "\(check.text)")
            #expect(check["hidden"] == 2, "\(check.text)")
            #expect(!check.text.contains("prod"))
            #expect(check.text.contains(#""environment":"dev""#))
        }
    }

    private static let merged = SampleSchema.body(
        #"{"type":"object","properties":{"n":{"type":"integer"}}}"#, #","checks":"merged""#)

    /// What a refusal would say of the default environment's document is for those who may read it.
    @Test func writingWhatIsMergedOverTheDefaultNeedsToReadIt() async throws {
        try await AccessServer.run { server in
            let own = try await server.token("publisher:parsing/prod")
            let both = try await server.token("publisher:parsing/prod", "reader:parsing/default")
            let prod = "/api/configs/parsing?environment=prod"
            let before = try await server.call(.post, prod, #"{"config_data":{"n":1}}"#, token: own.text)
            #expect(before.status == 201)
            _ = try await server.call(.put, Self.path, Self.merged)
            for (method, body) in [
                (HTTPRequest.Method.put, #"{"config_data":{"n":2}}"#), (.post, #"{"config_data":{"n":2}}"#),
            ] {
                let refused = try await server.call(method, prod, body, token: own.text)
                #expect(refused.problem == "not-allowed", "\(refused.text)")
                #expect(refused["key"] == "parsing/default", "\(refused.text)")
            }
            let taken = try await server.call(.put, prod, #"{"config_data":{"n":2}}"#, token: both.text)
            #expect(taken.status == 200)
        }
    }

    @Test func aRefusedDefaultNamesOnlyEnvironmentsThatTheCallerMayRead() async throws {
        try await AccessServer.run { server in
            for environment in ["default", "prod", "dev"] {
                _ = try await server.call(
                    .post, "/api/configs/parsing?environment=\(environment)", #"{"config_data":{"a":1}}"#)
            }
            _ = try await server.call(.put, Self.path, Self.merged)
            let body = #"{"config_data":{"n":"x"}}"#
            let all = try await server.call(.put, "/api/configs/parsing", body)
            #expect(all.text.contains("prod"), "\(all.text)")
            #expect(all.text.contains("dev"), "\(all.text)")
            #expect(all["hidden"] == nil, "\(all.text)")
            let token = try await server.token("publisher:parsing/default", "reader:parsing/dev")
            let some = try await server.call(.put, "/api/configs/parsing", body, token: token.text)
            #expect(some.problem == "checks-failed", "\(some.text)")
            #expect(some["hidden"] == 1, "\(some.text)")
            #expect(!some.text.contains("prod"))
        }
    }

    @Test func aCheckSaysNothingOfDocumentsThatTheCallerMayNotRead() async throws {
        try await AccessServer.run { server in
            for environment in ["dev", "prod", "default"] {
                _ = try await server.call(
                    .post, "/api/configs/parsing?environment=\(environment)",
                    #"{"config_data":{"host":"\#(environment)7"}}"#)
            }
            let token = try await server.token("reader:parsing/dev")
            for guess in [#""dev7""#, #""dev7","prod7","default7""#] {
                let answer = try await server.call(
                    .post, "/api/configs/parsing/schema/check",
                    #"{"schema":{"properties":{"host":{"enum":[\#(guess)]}}},"history":5}"#, token: token.text)
                #expect(answer["valid"] == .bool(true) && answer["hidden"] == 2, "\(answer.text)")
            }
            // Merged, the default document would show through that of dev.
            let merged = try await server.call(
                .post, "/api/configs/parsing/schema/check", #"{"schema":{},"checks":"merged"}"#, token: token.text)
            #expect(merged.status == 403 && merged["key"] == "parsing/default", "\(merged.text)")
        }
    }
}
