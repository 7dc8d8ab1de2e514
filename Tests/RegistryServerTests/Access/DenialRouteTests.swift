import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

/// The calls that refuse what the registry did not issue.
@Suite(.timeLimit(.minutes(2))) struct DenialRouteTests {
    @Test func aDenialIsListedUntilItIsRemoved() async throws {
        try await AccessServer.run { server in
            let first = try await server.call(
                .post, "/api/denials", #"{"identity":"acme:user","until":"2999-01-01T00:00:00Z","comment":"left"}"#)
            #expect(first.status == 201 && first["created_by"] == "bootstrap")
            #expect(first["until"] == "2999-01-01T00:00:00.000Z")
            let id = try #require(first.text("id"))
            #expect(first.header("Location") == "/api/denials/\(id)")
            #expect(try await server.call(.post, "/api/denials", #"{"jti":"7"}"#).status == 201)
            let list = try await server.get("/api/denials").list
            #expect(list.map { $0["identity"] } == [.string("acme:user"), nil])
            #expect(list.map { $0["jti"] } == [nil, .string("7")] && list[0]["comment"] == .string("left"))
            #expect(try await server.call(.delete, "/api/denials/\(id)").text == #"{"removed":1}"#)
            #expect(try await server.call(.delete, "/api/denials/\(id)").problem == "unknown")
            #expect(try await server.get("/api/denials").list.count == 1)
        }
    }

    @Test(arguments: [
        (#"{"identity":"ci"}"#, 422), (#"{"identity":""}"#, 422), (#"{"identity":"a:"}"#, 422),
        (#"{"identity":"a:b c"}"#, 422), (#"{"identity":":b"}"#, 422), (#"{"identity":"a b:c"}"#, 422),
        (#"{"identity":"a:ä"}"#, 422), (#"{"identity":"no issuer"}"#, 422), (#"{"identity":"a:b","jti":"x"}"#, 422),
        ("{}", 422),
        (#"{"jti":"x","until":"2001-01-01T00:00:00Z"}"#, 422), (#"{"jti":"x","unitl":"x"}"#, 400),
    ])
    func whatRefusesNothingIsRefused(_ body: String, _ status: Int) async throws {
        try await AccessServer.run { server in
            let answer = try await server.call(.post, "/api/denials", body)
            #expect(answer.status == status && answer.problem != nil, "\(answer.text)")
            #expect(try await server.get("/api/denials").list.isEmpty)
        }
    }
}
