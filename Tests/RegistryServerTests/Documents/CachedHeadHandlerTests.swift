import ConfigRegistry
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import RegistryServer

/// What `GET` of a document answers before the router is asked.
@Suite(.timeLimit(.minutes(1))) struct CachedHeadHandlerTests {
    @Test(
        arguments: [
            "/api/configs/s", "/api/configs/s?", "/api/configs/%73", "/api/configs/s?environment=default",
            "/api/configs/s?min_version=2",
        ],
        [nil, "\"1.2\"", "\"1.1\"", "*", "W/\"1.2\""])
    func aHeadInMemoryIsAnsweredAsTheRouterWould(path: String, known: String?) async throws {
        var fields: HTTPFields = [:]
        fields[.ifNoneMatch] = known
        try await compare(path, fields) { prompt, routed in
            let prompt = try #require(prompt)
            #expect(prompt.status == routed.status)
            // A response from memory names the request only when the client does.
            var headers = routed.headers
            headers[.requestID] = nil
            #expect(prompt.fields == headers)
            #expect(prompt.body == routed.body)
        }
    }

    @Test(arguments: [
        "/", "/api", "/api/configs", "/api/configs/", "/api/configs/unknown", "/api/configs/deleted",
        "/api/configs/s/", "/api/configs/s/history",
        "/api/configs/s?environment=other", "/api/configs/s?min_version=3", "/api/configs/s?version=2",
        "/api/configs/s?wait=1s", "/api/configs/s?overlay=true", "/api/configs/s#part", "/api/configs/s?x=1",
        "/api/configs/s?min_version=x", "/api/configs/s?epoch=1", "/api/configs/%zz", "/api/configs/UPPER",
        "http://localhost/api/configs/s",
    ])
    func everythingElseIsLeftToTheRouter(path: String) async throws {
        try await compare(path) { prompt, _ in #expect(prompt == nil) }
    }

    @Test(arguments: [
        HTTPField(name: .cacheControl, value: "no-cache"), HTTPField(name: .ifNoneMatch, value: "1.2"),
        HTTPField(name: .origin, value: "http://example.com"), HTTPField(name: .forwarded, value: "for=192.0.2.1"),
    ])
    func soIsWhatTheHeadersMakeSpecial(field: HTTPField) async throws {
        try await compare("/api/configs/s", HTTPFields([field])) { prompt, _ in #expect(prompt == nil) }
    }

    @Test(arguments: [HTTPRequest.Method.head, .put, .delete, .options])
    func soIsEveryOtherMethod(method: HTTPRequest.Method) async throws {
        try await compare("/api/configs/s", method: method) { prompt, _ in #expect(prompt == nil) }
    }

    @Test func theServerAnswersSo() async throws {
        try await TestServer.run(.live, headLifetime: .seconds(60)) { client in
            try await client.create("s", #"{"n":1}"#)
            try await RawConnection.run(port: client.port) { connection in
                try await connection.write("GET /api/configs/s HTTP/1.1\r\nHost: localhost\r\n\r\n")
                // Behind the router the date is the last of the fields.
                #expect(try await connection.read(through: "\r\nDate: ") == "HTTP/1.1 200 OK\r\nDate: ")
                #expect(try await connection.read(through: #"{"n":1}"#).contains("\r\nETag: \"1.1\"\r\n"))
            }
        }
    }

    /// Both responses of a registry that has version 2 of "s", and of "deleted" a tombstone with that number.
    private func compare(
        _ path: String, _ fields: HTTPFields = [:], method: HTTPRequest.Method = .get,
        _ check: @escaping @Sendable (_ prompt: PreencodedResponse?, _ routed: TestResponse) throws -> Void
    ) async throws {
        try await TestServer.withRegistry(headLifetime: .seconds(60)) { registry in
            let server = try RegistryServer.buildApplication(registry: registry, logger: TestServer.logger)
            try await server.test(.router) { client in
                try await client.create("s", #"{"n":1}"#)
                try await client.update("s", #"{"n":2}"#)
                try await client.create("deleted")
                try await client.delete("deleted")
                let request = HTTPRequest(
                    method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
                // Before the router, which would change what is in memory.
                let heads = HeadRoutes(registry: registry, work: ContentWork())
                let prompt = (try? LoopbackGate().principal(of: request)).flatMap {
                    heads.answerFromMemory(request, $0)
                }
                try check(
                    prompt, try await client.executeRequest(uri: path, method: method, headers: fields, body: nil))
            }
        }
    }
}
