import ConfigAccess
import ConfigModel
import ConfigSignatures
import HTTPTypes
import RegistryAPI
import Testing

@testable import RegistryServer

/// Takes the header `Authorization` for a name, and `root` for an administrator.
private struct NameGate: RequestGate {
    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
        let name = head.headerFields[.authorization] ?? "anonymous"
        let role: Role = name == "root" ? .admin : .auditor
        let grant = Grant(role: role, documents: .everything)
        return .admitted(Principal(kind: .token, name: name, grants: [grant]))
    }

    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem) {}
}

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

    @Test func theFirstIdentityThatAnchorsALogOwnsItUntilAnAdministratorGivesItToAnotherOne() async throws {
        let bodies = try (1...6).map { try checkpoint($0) }
        let other = try checkpoint(1, of: "eu")
        try await TestServer.run(options: options, gate: NameGate()) { client in
            func put(_ body: String, _ name: String, _ query: String = "") async throws -> Answer {
                try await client.call(.put, path + query, body, headers: ["Authorization": name])
            }
            #expect(try await put(bodies[0], "audit").status == 200)
            // A valid signature is not enough: neither with a higher number nor with the same.
            for body in [bodies[5], bodies[0]] {
                let refused = try await put(body, "squatter")
                #expect(refused.status == 403 && refused.problem == "foreign-log", "\(refused.text)")
                #expect(refused["owner"] == .string("audit"))
            }
            #expect(try await put(bodies[1], "audit").status == 200)
            #expect(
                try await client.call(.put, "/api/audit/anchors/eu", other, headers: ["Authorization": "b"]).status
                    == 200)
            // Nobody gives away what is not his, and an audit cannot give its own.
            for name in ["squatter", "audit"] {
                let refused = try await put(bodies[1], name, "?owner=squatter")
                #expect(refused.status == 403 && refused.problem == "not-allowed")
            }
            #expect(try await put(bodies[1], "root", "?owner=").status == 400)
            #expect(try await put(bodies[1], "root", "?owner=new").status == 200)
            #expect(try await put(bodies[2], "audit").status == 403)
            #expect(try await put(bodies[2], "new").status == 200)
            #expect(try await client.get(path).text == bodies[2])
        }
    }

    @Test func whileThereAreNoIdentitiesNothingHasAnOwner() async throws {
        let bodies = try (1...2).map { try checkpoint($0) }
        try await TestServer.run(options: options) { client in
            for body in bodies {
                let answer = try await client.call(.put, path, body)
                #expect(answer.status == 200)
            }
            let given = try await client.call(.put, "\(path)?owner=new", bodies[1])
            #expect(given.status == 403)
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
