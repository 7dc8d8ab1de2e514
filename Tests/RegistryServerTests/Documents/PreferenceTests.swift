import ConfigModel
import HTTPTypes
import Testing

/// `Prefer: return=minimal` (RFC 7240).
@Suite(.timeLimit(.minutes(1))) struct PreferenceTests {
    @Test(arguments: [
        (HTTPRequest.Method.post, "new", #"{"config_data":{"b":1}}"#), (.put, "old", #"{"config_data":{"b":1}}"#),
        (.patch, "old", #"{"b":1}"#), (.post, "old/rollback", #"{"to_version":1}"#),
    ])
    func aWriteIsAnsweredWithoutItsContent(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws {
        try await TestServer.run { client in
            try await client.create("old", #"{"a":1}"#)
            let answer = try await client.call(
                method, "/api/configs/\(path)", body,
                headers: [
                    "Prefer": "return=minimal",
                    "Content-Type": method == .patch ? "application/merge-patch+json" : "application/json",
                ])
            #expect((200...201).contains(answer.status), "\(answer.text)")
            #expect(answer["config_data"] == nil)
            #expect(answer["version"] != nil && answer["content_hash"] != nil && answer["record_hash"] != nil)
            #expect(answer.header("Preference-Applied") == "return=minimal")
        }
    }

    @Test func withoutAPreferenceTheContentIsThere() async throws {
        try await TestServer.run { client in
            let answer = try await client.create("s", #"{"a":1}"#)
            #expect(answer.text.contains(#""config_data":{"a":1}"#))
            #expect(answer.header("Preference-Applied") == nil)
        }
    }
}
