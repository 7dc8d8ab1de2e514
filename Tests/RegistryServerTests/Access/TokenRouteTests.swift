import ConfigAccess
import ConfigModel
import HTTPTypes
import TestSupport
import Testing

@testable import RegistryServer

/// The calls that make, show and end tokens.
@Suite(.timeLimit(.minutes(2))) struct TokenRouteTests {
    @Test func aTokenIsShownWhenItIsMadeAndNeverAgain() async throws {
        try await AccessServer.run { server in
            let made = try await server.create(
                "publisher:parsing/prod", more: #","expires_in":"1d","comment":"for CI""#)
            #expect(made.status == 201 && made.header("Cache-Control") == "no-store")
            let text = try #require(made.text("token"))
            let id = try #require(made.text("id"))
            #expect(text.wholeMatch(of: try Regex(TokenText.pattern)) != nil && text.hasPrefix("cbt_\(id)_"))
            #expect(made.header("Location") == "/api/tokens/\(id)")
            #expect(made["grants"] == .array(["publisher:parsing/prod"]) && made["comment"] == "for CI")
            #expect(made["created_by"] == "bootstrap" && made["status"] == "active")

            let access = try await server.get("/api/access", token: text)
            #expect(access["identity"] == "ci" && access["kind"] == "token" && access["token_id"] == .string(id))
            #expect(access["grants"] == made["grants"] && access["expires_at"] == made["expires_at"])
            for path in ["/api/tokens", "/api/tokens/\(id)"] {
                let answer = try await server.get(path)
                #expect(answer.status == 200 && answer.text.contains(id) && !answer.text.contains("cbt_"))
            }
            _ = try await server.call(.delete, "/api/tokens/\(id)")
            _ = try await server.get("/api/audit/access")
            _ = try await server.create("reader:x/prod", more: #","name2":"\#(text)""#)
            #expect(server.transcript.ranges(of: text).count == 1)
        }
    }

    @Test func aRevokedTokenIsRefusedAndARepetitionChangesNothing() async throws {
        try await AccessServer.run { server in
            let token = try await server.token("reader:#/*")
            #expect(try await server.get("/api/configs", token: token.text).status == 200)
            #expect(try await server.call(.delete, "/api/tokens/\(token.id)").text == #"{"revoked":1}"#)
            let refused = try await server.get("/api/configs", token: token.text)
            #expect(refused.problem == "unauthenticated" && refused.detail.contains("revoked"))
            #expect(try await server.call(.delete, "/api/tokens/\(token.id)").text == #"{"revoked":0}"#)
            let shown = try await server.get("/api/tokens/\(token.id)")
            #expect(shown["status"] == "revoked" && shown["revoked_by"] == "bootstrap" && shown["revoked_at"] != nil)
            for method in [HTTPRequest.Method.get, .delete] {
                let missing = try await server.call(method, "/api/tokens/zzzzzzzzzzzz")
                #expect(missing.problem == "unknown" && missing.text("title")?.contains("document") == false)
            }
            #expect(try await server.call(.post, "/api/tokens/zzzzzzzzzzzz/rotate").problem == "unknown")
            #expect(try await server.call(.delete, "/api/tokens/\(token.id)", "{}").problem == "unexpected-body")
        }
    }

    @Test(arguments: TestStore.available)
    func afterARotationBothCountUntilTheGraceIsOver(store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            let old = try await server.token("publisher:#/*", name: "ci", more: #","rights":["on_behalf"]"#)
            let rotated = try await server.call(.post, "/api/tokens/\(old.id)/rotate", #"{"grace":"2s"}"#)
            #expect(rotated.status == 201 && rotated.header("Cache-Control") == "no-store")
            let new = try #require(rotated.text("token"))
            #expect(rotated["name"] == "ci" && rotated["rights"] == .array(["on_behalf"]))
            for (number, token) in [old.text, new].enumerated() {
                let made = try await server.call(
                    .post, "/api/configs/s\(number)", #"{"config_data":{},"created_by":"mallory"}"#, token: token)
                #expect(made["created_by"] == "ci for mallory")
            }
            try await eventually("the old token has ended") {
                try await server.get("/api/access", token: old.text).status == 401
            }
            #expect(try await server.get("/api/access", token: new)["identity"] == "ci")
            #expect(try await server.call(.post, "/api/tokens/\(old.id)/rotate").problem == "token-ended")
        }
    }

    @Test(arguments: ["0s", "0"]) func aRotationWithoutGraceEndsTheOldOneAtOnce(_ grace: String) async throws {
        try await AccessServer.run { server in
            let old = try await server.token("reader:#/*", name: "ci")
            let value = grace.hasSuffix("s") ? "\"\(grace)\"" : grace
            let rotated = try await server.call(.post, "/api/tokens/\(old.id)/rotate", #"{"grace":\#(value)}"#)
            #expect(rotated.status == 201, "\(rotated.text)")
            #expect(try await server.get("/api/access", token: old.text).problem == "unauthenticated")
            #expect(try await server.get("/api/access", token: rotated.text("token"))["identity"] == "ci")
        }
    }

    @Test(arguments: [
        #"{"grace":"8d"}"#, #"{"grace":-1}"#, #"{"grace":0.5}"#, #"{"grace":"500ms"}"#, #"{"grace":"soon"}"#,
        #"{"gracе":"1h"}"#, "[]",
    ])
    func aRotationThatIsWrongChangesNothing(_ body: String) async throws {
        try await AccessServer.run { server in
            let token = try await server.token("reader:#/*")
            let answer = try await server.call(.post, "/api/tokens/\(token.id)/rotate", body)
            #expect((400...422).contains(answer.status) && answer.problem != nil)
            #expect(try await server.get("/api/tokens").list.count == 2)
        }
    }

    @Test(arguments: TestStore.available)
    func aNameBelongsToItsGrants(store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            let first = try await server.token("reader:secret.service/prod", name: "ci")
            #expect(try await server.create("reader:secret.service/prod").status == 201)
            for ended in [false, true] {
                if ended { _ = try await server.call(.delete, "/api/tokens/\(first.id)") }
                let answer = try await server.create("reader:other/prod")
                #expect(answer.status == 409 && answer.problem == "name-taken")
                #expect(answer.detail.contains("reader:secret.service/prod"))
            }
            // An administrator of something else does not learn what the name may do.
            let narrow = try await server.token("admin:acme.#/*")
            let answer = try await server.create("reader:acme/prod", token: narrow.text)
            #expect(answer.problem == "name-taken" && !answer.text.contains("secret"))
        }
    }

    @Test(arguments: [
        (#"{"name":"jwt-issuer:x","grants":["reader:#/*"]}"#, 400, "invalid-name"),
        (#"{"name":"cert:x","grants":["reader:#/*"]}"#, 400, "invalid-name"),
        (#"{"name":"","grants":["reader:#/*"]}"#, 400, "invalid-name"),
        (#"{"name":"anonymous","grants":["reader:#/*"]}"#, 400, "invalid-name"),
        (#"{"name":"a","grants":[]}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["writer:#/*"]}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["reader:#.a/*"]}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["reader:#/*"],"rights":["root"]}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["reader:#/*"],"expires_in":"367d"}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["reader:#/*"],"expires":"never","expires_in":"1d"}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["reader:#/*"],"comment":"\u0000"}"#, 422, "invalid-field"),
        (#"{"name":"a","grants":["reader:#/*"],"id":"x"}"#, 400, "unknown-field"), ("[]", 422, "not-an-object"),
        ("{", 400, "invalid-json"),
    ])
    func whatMakesNoTokenIsRefusedByName(_ body: String, _ status: Int, _ problem: String) async throws {
        try await AccessServer.run { server in
            let answer = try await server.call(.post, "/api/tokens", body)
            #expect(answer.status == status && answer.problem == problem, "\(answer.text)")
            if problem == "invalid-field" { #expect(answer["pointer"] != nil) }
            #expect(try await server.get("/api/tokens").list.count == 1)
        }
    }

    @Test func aTokenWithoutEndIsForAnAdministratorOfEverything() async throws {
        try await AccessServer.run { server in
            let narrow = try await server.token("admin:a.#/*")
            let refused = try await server.create("reader:a/prod", more: #","expires":"never""#, token: narrow.text)
            #expect(refused.status == 403 && refused.problem == "not-allowed")
            let made = try await server.create("reader:a/prod", more: #","expires":"never""#)
            #expect(made.status == 201 && made["expires_at"] == nil)
        }
    }

    @Test func aCheckTellsARelayWhoseTokenItIs() async throws {
        try await AccessServer.run { server in
            let token = try await server.token("reader:a/prod", name: "ci")
            let relay = try await server.token("relay:#/*")
            let check = #"{"token":"\#(token.text)"}"#
            let answer = try await server.call(.post, "/api/tokens:check", check, token: relay.text)
            #expect(answer["identity"] == "ci" && answer["grants"] == .array(["reader:a/prod"]))
            #expect(answer["expires_at"] != nil)
            #expect(try await server.call(.post, "/api/tokens:check", check, token: token.text).status == 403)
            for text in ["x", TokenText.random().secretText, String(token.text.dropLast()) + "-"] {
                let unknown = try await server.call(
                    .post, "/api/tokens:check", #"{"token":"\#(text)"}"#, token: relay.text)
                #expect(unknown.problem == "unknown" && !unknown.text.contains("cbt_"))
            }
            _ = try await server.call(.delete, "/api/tokens/\(token.id)")
            #expect(try await server.call(.post, "/api/tokens:check", check, token: relay.text).status == 404)
        }
    }

    @Test func withoutAuthenticationThereIsNothingToManage() async throws {
        try await TestServer.run { client in
            let calls: [(HTTPRequest.Method, String, String?)] = [
                (.post, "/api/tokens", #"{"name":"a","grants":["admin:#/*"]}"#),
                (.get, "/api/tokens", nil),
                (.get, "/api/tokens/x", nil), (.delete, "/api/tokens/x", nil), (.post, "/api/tokens/x/rotate", "{}"),
                (.post, "/api/tokens:check", #"{"token":"x"}"#), (.get, "/api/access", nil),
                (.get, "/api/denials", nil),
                (.post, "/api/denials", #"{"jti":"x"}"#), (.delete, "/api/denials/x", nil),
                (.get, "/api/audit/access", nil),
            ]
            for call in calls {
                let answer = try await client.call(call.0, call.1, call.2)
                #expect(answer.status == 403 && answer.problem == "not-allowed", "\(call)")
                #expect(answer.detail.contains("configbus token bootstrap"))
            }
        }
    }
}
