import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    @Test(
        arguments: [
            (400, "invalid-json", .refused), (400, "tls-needed", .tlsFailed), (401, "unauthorized", .unauthorized),
            (403, "forbidden", .forbidden),
            (404, "unknown-version", .notFound), (409, "exists", .conflict),
            (412, "version-mismatch", .preconditionFailed),
            (413, "too-large", .refused), (415, "unsupported-media-type", .refused), (422, "not-an-object", .refused),
            (429, "rate", .unavailable), (500, "failed", .failed), (501, "x", .failed), (503, "behind", .behind),
            (503, "foreign-epoch", .behind), (503, "unavailable", .unavailable), (503, "overloaded", .unavailable),
            (302, "x", .invalidAnswer),
        ] as [(Int, String, RegistryClientError.Code)])
    func aStatusBecomesACode(_ status: Int, _ type: String, _ code: RegistryClientError.Code) async throws {
        let error = try await refusal(.problem(status, type, "Do this."))
        #expect(error.code == code)
        #expect(error.status == status)
        #expect(error.problem?.type.name == type)
        if code != .invalidAnswer { #expect(error.message == "Do this.") }
    }

    @Test func aProxyThatSpeaksTLSIsNamedAsOne() async throws {
        let page = "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>"
        let error = try await refusal(.json(400, page))
        #expect(error.code == .tlsFailed && error.message.contains("https://"))
    }

    @Test func theMembersOfAProblemAreThere() async throws {
        let more = #","line":3,"column":7,"pointer":"/a/b","current_version":9,"epoch":"\#(RecordChain.firstEpoch)""#
        let headers = ["Retry-After": "2", "ETag": "\"1.9\"", "Idempotency-Key": "abc"]
        let type = "https://example.org/problems/invalid-json"
        let error = try await refusal(.problem(422, type, more: more, headers: headers))
        let problem = try #require(error.problem)
        #expect(problem.type == "invalid-json")
        #expect(problem.line == 3 && problem.column == 7 && problem.pointer == "/a/b")
        #expect(problem.version == 9 && problem.epoch == RecordChain.firstEpoch)
        #expect(problem.retryAfter == .seconds(2) && problem.etag == "\"1.9\"" && problem.changeID == "abc")
    }

    @Test(arguments: ["", "<html>", "[]", "null", "{", #"{"detail":7,"type":{}}"#])
    func whatIsNoProblemDocumentStillSaysWhatToDo(_ body: String) async throws {
        let error = try await refusal(.json(502, body))
        #expect(error.code == .failed)
        #expect(error.problem?.type == "about:blank")
        #expect(error.message.contains("502"))
    }

    private func refusal(_ answer: ScriptedAnswer) async throws -> RegistryClientError {
        let server = try ScriptedHTTPServer { _ in answer }
        let client = try RegistryClient(url: server.url)
        let key = try DocumentKey(service: "parsing")
        return try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
    }
}
