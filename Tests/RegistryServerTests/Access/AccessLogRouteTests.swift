import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

/// `GET /api/audit/access`.
@Suite(.timeLimit(.minutes(2))) struct AccessLogRouteTests {
    @Test func eachActOfAdministrationIsThereOnceAndNoSecretIs() async throws {
        try await AccessServer.run { server in
            let token = try await server.token("reader:a/prod", name: "ci")
            let rotated = try await server.call(.post, "/api/tokens/\(token.id)/rotate")
            let new = try #require(rotated.text("token"))
            _ = try await server.call(.delete, "/api/tokens/\(token.id)")
            let denial = try await server.call(.post, "/api/denials", #"{"jti":"7"}"#)
            _ = try await server.call(.delete, "/api/denials/\(try #require(denial.text("id")))")
            let answer = try await server.get("/api/audit/access")
            let types = answer.list.compactMap { entry -> String? in
                if case .string(let type)? = entry["type"] { type } else { nil }
            }
            #expect(
                types == [
                    "denial-removed", "denial-added", "token-revoked", "token-rotated", "token-created",
                    "token-bootstrapped",
                ])
            let created = answer.list[4]
            #expect(created["identity"] == "bootstrap" && created["kind"] == "token" && created["status"] == 201)
            #expect(created["action"] == "manageTokens" && created["count"] == 1)
            #expect(created["key"] == .string("ci/\(token.id)") && created["registry"] != nil)
            for secret in [token.text, new, server.admin] { #expect(!answer.text.contains(secret)) }
        }
    }

    @Test func itIsReadInPagesAndByWhatItIsAbout() async throws {
        try await AccessServer.run { server in
            for number in 0..<5 { _ = try await server.token("reader:a/prod", name: "n\(number)") }
            var path: String? = "/api/audit/access?limit=2"
            var pages: [Int] = []
            var keys: [JSONValue?] = []
            while let place = path {
                let answer = try await server.get(place)
                #expect(answer.status == 200)
                pages.append(answer.list.count)
                keys += answer.list.map { $0["key"] }
                path = answer.header("Link").flatMap { $0.firstMatch(of: /<([^>]*)>/).map { String($0.1) } }
            }
            #expect(pages == [2, 2, 2] && Set(keys).count == 6)
            for (query, count) in [
                ("type=token-created", 5), ("type=token-bootstrapped", 1), ("type=x", 0), ("identity=bootstrap", 5),
                ("action=manageTokens", 6), ("action=readDocument", 0), ("since=2999-01-01T00:00:00Z", 0),
                ("until=2999-01-01T00:00:00Z&since=2001-01-01T00:00:00Z", 6), ("until=2001-01-01T00:00:00Z", 0),
            ] {
                #expect(try await server.get("/api/audit/access?\(query)").list.count == count, "\(query)")
            }
            for query in ["limit=0", "limit=1001", "cursor=x", "since=yesterday", "sort=up"] {
                #expect(try await server.get("/api/audit/access?\(query)").problem == "invalid-parameter", "\(query)")
            }
        }
    }
}
