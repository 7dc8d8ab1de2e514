import ConfigModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import RegistryServer

/// A version's author is the identity that made it, whatever the request says.
@Suite(.timeLimit(.minutes(2))) struct AuthorTests {
    @Test(arguments: [true, false], TestStore.available)
    func theIdentityIsTheAuthorOfEveryKindOfChange(speaksForOthers: Bool, store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            let token = try await server.token(
                "admin:parsing/*", name: "ci", more: speaksForOthers ? #","rights":["on_behalf"]"# : ""
            ).text
            let merge = ["Content-Type": "application/merge-patch+json"]
            let path = "/api/configs/parsing"
            let calls: [(HTTPRequest.Method, String, String?, [String: String])] = [
                (.post, path, #"{"config_data":{"n":1},"created_by":"mallory"}"#, [:]),
                (.put, path, #"{"config_data":{"n":2},"created_by":"mallory"}"#, [:]),
                (.patch, "\(path)?created_by=mallory", #"{"n":3}"#, merge),
                (.post, "\(path)/rollback", #"{"to_version":1,"created_by":"mallory"}"#, [:]),
                (.delete, "\(path)?created_by=mallory", nil, [:]),
            ]
            for call in calls {
                let answer = try await server.call(call.0, call.1, call.2, token: token, headers: call.3)
                #expect((200...201).contains(answer.status), "\(answer.text)")
            }
            let history = try await server.get("\(path)/history").list
            #expect(history.count == 5)
            let author = speaksForOthers ? "ci for mallory" : "ci"
            #expect(history.allSatisfy { $0["created_by"] == .string(author) })
        }
    }

    /// Where it is not used either, a wrong author is a mistake of the client's.
    @Test(arguments: ["\\u0084", "\\n", String(repeating: "x", count: 257)])
    func anAuthorThatIsNotUsedIsWellFormed(_ author: String) async throws {
        try await AccessServer.run { server in
            let token = try await server.token("publisher:s/*", name: "ci").text
            for (path, body) in [
                ("/api/configs/s", #"{"config_data":{},"created_by":"\#(author)"}"#),
                (
                    "/api/changesets",
                    #"{"created_by":"\#(author)","documents":[{"service_name":"s","config_data":{}}]}"#
                ),
            ] {
                let answer = try await server.call(.post, path, body, token: token)
                #expect(answer.problem == "invalid" && answer.detail.contains("created_by"), "\(answer.text)")
            }
        }
    }

    @Test(arguments: ["", #","created_by":null"#, #","created_by":"""#])
    func withoutAPersonTheIdentityStandsAlone(_ author: String) async throws {
        try await AccessServer.run { server in
            let token = try await server.token("publisher:s/*", name: "ci", more: #","rights":["on_behalf"]"#).text
            let answer = try await server.call(.post, "/api/configs/s", #"{"config_data":{}\#(author)}"#, token: token)
            #expect(answer["created_by"] == "ci")
        }
    }

    @Test func aRightIsNeededToSpeakForOthersAndItsNameIsNeverLeftOut() async throws {
        try await AccessServer.run { server in
            let token = try await server.token("publisher:s/*", name: "ci", more: #","rights":["on_behalf"]"#).text
            let long = String(repeating: "x", count: 250)
            let answer = try await server.call(
                .post, "/api/configs/s", #"{"config_data":{},"created_by":"\#(long)"}"#, token: token)
            #expect(answer.status == 422 && answer.problem == "invalid")
            #expect(try await server.get("/api/configs/s").status == 404)
        }
    }

    @Test func withoutAuthenticationTheRequestNamesTheAuthor() async throws {
        try await TestServer.run { client in
            let created = try await client.create("s")
            #expect(created["created_by"] == "test")
            let answer = try await client.call(.put, "/api/configs/s", #"{"config_data":{"n":1}}"#)
            #expect(answer["created_by"] == "anonymous")
        }
    }
}
