import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import HTTPTypes
import TestSupport
import Testing

@Suite("Wherever the epoch is, the statement about it is too", .timeLimit(.minutes(1)))
struct EpochSignatureTests {
    private let store = InMemoryVersionStore()
    private let header = "Config-Epoch-Signature"

    /// Two documents of an earlier epoch, one of them deleted.
    private func prepare() async throws {
        let epoch = try await store.epoch()
        for (name, contents) in [("living", ["{}"]), ("gone", ["{}", nil])] as [(String, [String?])] {
            for record in RecordChain(try DocumentKey(service: name), contents, epoch: epoch).records {
                _ = try await store.append(record)
            }
        }
    }

    @Test func inEveryAnswerAboutAHead() async throws {
        try await prepare()
        let change = try await store.advanceEpoch(reason: "restored", signer: RecordSigner.generate())
        let statement = try #require(change.statement)
        try await TestServer.run(on: store) { client in
            let path = "/api/configs/living"
            for _ in 1...2 {
                let answer = try await client.get(path)
                #expect(answer.status == 200 && answer.header("Config-Epoch") == "\(change.after)")
                #expect(answer.header(header) == statement.headerValue)
                #expect(EpochStatement(headerValue: answer.header(header) ?? "") == statement)
                let known = try await client.get(path, headers: ["If-None-Match": answer.header("ETag") ?? ""])
                #expect(known.status == 304 && known.header(header) == statement.headerValue)
            }
            for path in ["/api/configs/living?version=1", "/api/configs/living?overlay=true", "/api/configs/gone"] {
                #expect(try await client.get(path).header(header) == statement.headerValue, "\(path)")
            }
        }
    }

    @Test func inABatch() async throws {
        try await prepare()
        let change = try await store.advanceEpoch(reason: "restored", signer: RecordSigner.generate())
        try await TestServer.run(on: store) { client in
            let answer = try await client.call(
                .post, "/api/configs:batchGet", #"{"documents":[{"service_name":"living"},{"service_name":"gone"}]}"#)
            guard case .object(let object)? = answer["epoch_statement"] else {
                Issue.record("no statement in \(answer.text)")
                return
            }
            #expect(EpochStatement(json: object) == change.statement)
        }
    }

    @Test(arguments: [true, false])
    func anEpochThatWasChangedWithoutAKeyAndTheFirstOneHaveNone(isFirst: Bool) async throws {
        try await prepare()
        if !isFirst { _ = try await store.advanceEpoch(reason: "restored") }
        try await TestServer.run(on: store) { client in
            #expect(try await client.get("/api/configs/living").header(header) == nil)
            let answer = try await client.call(
                .post, "/api/configs:batchGet", #"{"documents":[{"service_name":"living"}]}"#)
            #expect(answer["epoch_statement"] == nil)
        }
    }

    @Test func aWriteToAStoreThatWantsSignaturesSaysWhatToDo() async throws {
        try await prepare()
        try await store.setSigning(.required)
        try await TestServer.run(on: store) { client in
            for (method, path, body) in [
                (HTTPRequest.Method.put, "/api/configs/living", #"{"config_data":{}}"#),
                (.post, "/api/configs/new", #"{"config_data":{}}"#), (.delete, "/api/configs/living", nil),
                (.post, "/api/configs/living/rollback", #"{"to_version":1}"#),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await client.call(method, path, body)
                #expect(answer.status == 503 && answer.problem == "signing-required", "\(method) \(path)")
                #expect(answer.detail.contains("--signing-key") && answer.header("Retry-After") == nil)
            }
            #expect(try await client.get("/api/configs/living").status == 200)
        }
    }
}
