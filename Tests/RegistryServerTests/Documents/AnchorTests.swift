import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct AnchorTests {
    private static let path = "/api/audit/anchors/default"

    private static func checkpoint(_ count: Int, hash: String = "sha256:00") -> String {
        #"{"count":\#(count),"entry_hash":"\#(hash)","at":"2026-11-20T21:30:00.123Z","key_id":"k","signature":"s"}"#
    }

    @Test func theNewestCheckpointIsKeptAsItCame() async throws {
        try await TestServer.run { client in
            #expect(try await client.get(Self.path).status == 404)
            for count in [3, 7] {
                let answer = try await client.call(.put, Self.path, Self.checkpoint(count))
                #expect(answer.status == 200 && answer.text == Self.checkpoint(count))
            }
            #expect(try await client.get(Self.path).text == Self.checkpoint(7))
        }
    }

    @Test(
        "a checkpoint that does not fit what is kept is refused and changes nothing",
        arguments: [(6, "sha256:00"), (7, "sha256:11")])
    func refused(count: Int, hash: String) async throws {
        try await TestServer.run { client in
            _ = try await client.call(.put, Self.path, Self.checkpoint(7))
            let answer = try await client.call(.put, Self.path, Self.checkpoint(count, hash: hash))
            #expect(answer.status == 409 && answer["count"] == 7)
            #expect(try await client.get(Self.path).text == Self.checkpoint(7))
        }
    }

    @Test(
        arguments: [
            ("{}", 422), ("[]", 422), ("{", 400), (checkpoint(0), 422), (#"{"count":1,"more":2}"#, 422),
        ])
    func whatIsNoCheckpointIsRefused(body: String, status: Int) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.put, Self.path, body)
            #expect(answer.status == status)
        }
    }

    @Test func nameOfALogFollowsARule() async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.put, "/api/audit/anchors/a.b", Self.checkpoint(1))
            #expect(answer.status == 400)
        }
    }
}
