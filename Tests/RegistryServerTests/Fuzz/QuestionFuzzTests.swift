import ConfigModel
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

@testable import RegistryServer

/// Whatever a body asks for, reading it ends with a question or a refusal.
@Suite(.timeLimit(.minutes(60))) struct QuestionFuzzTests {
    @Test func batches() async {
        let corpus = [
            #"{"documents":[{"service_name":"parsing","environment":"prod","if_none_match":"\"1.7\"","min_version":7}]}"#,
            #"{"documents":[{"service_name":"a","epoch":"1-7d444840-9dc0-41d1-b245-5ffdce74fad2"},{"service_name":"b"}]}"#,
        ]
        await Fuzz.run("batches", corpus: corpus) { bytes in
            guard let question = try? BatchRequest(bytes, isFresh: false) else { return }
            #expect((1...BatchRequest.largest).contains(question.items.count))
            #expect(question.items.allSatisfy { $0.etag.map { EntityTag(parsing: $0) != nil } ?? true })
        }
    }

    @Test func knownVersions() async throws {
        let head = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/api/watch?prefix=a")
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        let corpus = [#"{"known":{"parsing/prod":7,"tenants.acme/default":0}}"#, #"{"known":{}}"#]
        try await Fuzz.run("known versions", corpus: corpus) { (bytes) throws in
            var question = try WatchRequestParameters(request)
            guard (try? question.readKnown(bytes)) != nil else { return }
            #expect(question.known.values.allSatisfy { $0 >= 0 })
        }
    }
}
