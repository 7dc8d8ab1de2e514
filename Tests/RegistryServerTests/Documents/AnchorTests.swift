import ConfigModel
import HTTPTypes
import RegistryServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct AnchorTests {
    private let signer: RecordSigner
    private var options = RegistryServerOptions()
    private let path = "/api/audit/anchors/default"

    init() throws {
        signer = try RecordSigner.generate()
        options.auditKeys = try TrustedKeys([try RecordSigner.generate().publicKey, signer.publicKey])
    }

    private func checkpoint(
        _ count: Int, of log: String = "default", digit: String = "0", by signer: RecordSigner? = nil
    ) throws -> String {
        let checkpoint = try AuditCheckpoint(
            log: log, count: count, entryHash: "sha256:" + String(repeating: digit, count: 64), at: .now,
            signer: signer ?? self.signer)
        return String(decoding: checkpoint.bytes, as: UTF8.self)
    }

    @Test func theNewestCheckpointIsKeptAsItCame() async throws {
        let bodies = try [3, 7].map { try checkpoint($0) }
        try await TestServer.run(options: options) { client in
            #expect(try await client.get(path).status == 404)
            for body in bodies {
                let answer = try await client.call(.put, path, body)
                #expect(answer.status == 200 && answer.text == body)
            }
            #expect(try await client.get(path).text == bodies[1])
        }
    }

    @Test(arguments: [(6, "0"), (7, "1")])
    func aCheckpointThatDoesNotFitWhatIsKeptIsRefusedAndChangesNothing(count: Int, digit: String) async throws {
        let (kept, other) = (try checkpoint(7), try checkpoint(count, digit: digit))
        try await TestServer.run(options: options) { client in
            _ = try await client.call(.put, path, kept)
            let answer = try await client.call(.put, path, other)
            #expect(answer.status == 409 && answer["count"] == 7)
            #expect(try await client.get(path).text == kept)
        }
    }

    @Test func whatNoAuditSignedIsRefusedBeforeAndAfterTheAuditsOwnCheckpoint() async throws {
        let stranger = try RecordSigner.generate()
        let own = try checkpoint(2)
        let stolen = try checkpoint(9, of: "other")
        let forgeries = [
            (try checkpoint(.max, by: stranger), 403, "untrusted-checkpoint"),
            (own.replacing("\"count\":2", with: "\"count\":9223372036854775807"), 403, "untrusted-checkpoint"),
            (own.replacing(signer.keyID, with: stranger.keyID), 403, "untrusted-checkpoint"),
            (stolen, 422, "invalid-field"),
            (stolen.replacing("\"log\":\"other\"", with: "\"log\":\"default\""), 403, "untrusted-checkpoint"),
        ]
        try await TestServer.run(options: options) { client in
            func refuseAll() async throws {
                for (body, status, type) in forgeries {
                    let answer = try await client.call(.put, path, body)
                    #expect(answer.status == status && answer.problem == type, "\(body): \(answer.text)")
                }
            }
            try await refuseAll()
            #expect(try await client.get(path).status == 404)
            #expect(try await client.call(.put, path, own).status == 200)
            try await refuseAll()
            #expect(try await client.get(path).text == own)
        }
    }

    @Test func aRegistryThatDoesNotKnowTheAuditsKeysKeepsNothingAndSaysWhatItNeeds() async throws {
        let body = try checkpoint(1)
        try await TestServer.run { client in
            let answer = try await client.call(.put, path, body)
            #expect(answer.status == 403 && answer.problem == "untrusted-checkpoint")
            #expect(answer.detail.contains("--audit-keys"))
            #expect(try await client.get(path).status == 404)
        }
    }

    @Test(
        arguments: [
            ("{}", 422), ("[]", 422), ("{", 400), (#"{"log":"default","count":0}"#, 422),
            (#"{"log":"default","count":1,"more":2}"#, 422),
            (#"{"log":"default","count":1,"entry_hash":"","at":"","key_id":"","signature":""}"#, 422),
            (
                #"{"log":"default","count":1,"entry_hash":"sha256:0","at":"2026-11-20T21:30:00.123Z","key_id":"k","signature":"s"}"#,
                422
            ),
        ])
    func whatIsNoCheckpointIsRefused(body: String, status: Int) async throws {
        try await TestServer.run(options: options) { client in
            let answer = try await client.call(.put, path, body)
            #expect(answer.status == status)
        }
    }

    @Test func nameOfALogFollowsARule() async throws {
        let body = try checkpoint(1)
        try await TestServer.run(options: options) { client in
            let answer = try await client.call(.put, "/api/audit/anchors/a.b", body)
            #expect(answer.status == 400)
        }
    }
}
