import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Promoting, over HTTP", .timeLimit(.minutes(1))) struct PromotionTests {
    @Test func publishesTheContentOfAnotherEnvironment() async throws {
        try await TestServer.run { client in
            let staged = try await client.create("s?environment=staging", #"{"n":1}"#)
            let path = "/api/configs/s/promote?environment=prod"
            let answer = try await client.call(
                .post, path, #"{"from_environment":"staging","comment":"go","created_by":"ada"}"#)
            #expect(answer.status == 200 && answer["environment"] == "prod" && answer["version"] == 1)
            #expect(answer["config_data"] == (try JSONValue(parsing: #"{"n":1}"#)))
            let hash = try #require(staged.text("content_hash"))
            #expect(answer["comment"] == .string("promoted from s/staging version 1 (\(hash))\ngo"))
            #expect(answer["created_by"] == "ada" && answer.header("Idempotency-Key") != nil)
        }
    }

    static let refusals: [(body: String, status: Int, problem: String)] = [
        (#"{"from_environment":"none"}"#, 404, "unknown"),
        (#"{"from_environment":"gone"}"#, 404, "deleted"),
        (#"{"from_environment":"staging","from_version":9}"#, 404, "unknown-version"),
        (#"{"from_environment":"gone","from_version":2}"#, 404, "deleted"),
        (#"{"from_environment":"prod"}"#, 400, "invalid-parameter"),
        (#"{"from_environment":"~schema"}"#, 400, "invalid-name"),
        (#"{}"#, 422, "invalid-field"),
        (#"{"from_environment":"staging","from":1}"#, 400, "unknown-field"),
        (#"{"from_environment":"staging","expected_version":3}"#, 412, "version-mismatch"),
        (#"{"from_environment":"staging","override":["secret"]}"#, 400, "invalid-override"),
    ]

    @Test(arguments: refusals)
    func isRefusedAndChangesNothing(_ call: (body: String, status: Int, problem: String)) async throws {
        try await TestServer.run { client in
            try await client.create("s?environment=staging", #"{"n":1}"#)
            try await client.create("s?environment=gone", #"{"n":1}"#)
            try await client.delete("s?environment=gone")
            let answer = try await client.call(.post, "/api/configs/s/promote?environment=prod", call.body)
            #expect(answer.status == call.status && answer.problem == call.problem, "\(answer.text)")
            #expect(try await client.get("/api/configs/s?environment=prod").status == 404)
        }
    }

    @Test func needsToPublishHereAndToReadThereWhetherThereIsSomethingOrNot() async throws {
        try await AccessServer.run { server in
            _ = try await server.call(
                .post, "/api/configs/s?environment=staging", #"{"config_data":{"n":1},"comment":"c"}"#)
            let path = "/api/configs/s/promote?environment=prod"
            let publisher = try await server.token("publisher:s/prod")
            var sentences: Set<String> = []
            for environment in ["staging", "dev"] {
                let body = #"{"from_environment":"\#(environment)"}"#
                let answer = try await server.call(.post, path, body, token: publisher.text)
                #expect(answer.status == 403 && answer["key"] == .string("s/\(environment)"))
                sentences.insert(answer.detail.replacing(environment, with: "E"))
            }
            #expect(sentences.count == 1)
            let reader = try await server.token("reader:s/*")
            let body = #"{"from_environment":"staging"}"#
            #expect(try await server.call(.post, path, body, token: reader.text).status == 403)
            let both = try await server.token("publisher:s/prod", "reader:s/staging")
            #expect(try await server.call(.post, path, body, token: both.text).status == 200)
        }
    }
}
