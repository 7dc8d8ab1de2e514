import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

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

    @Test(arguments: [
        (["return=minimal"], true), (["Return = \"Minimal\"; foo=1"], true), (["respond-async, return=minimal"], true),
        (["wait=5", "return=minimal"], true), (["return=representation, return=minimal"], false),
        (["return=representation"], false), (["minimal"], false), (["return=mini mal"], false),
        (["return=\"minimal"], false), (["ret urn=minimal"], false),
        (["return"], false), (["return="], false),
        ([""], false), ([], false),
    ])
    func theFirstReturnCounts(_ lines: [String], isMinimal: Bool) {
        var fields = HTTPFields()
        for line in lines { fields.append(HTTPField(name: .prefer, value: line)) }
        #expect(AnswerPreference(fields).isMinimal == isMinimal)
    }
}
