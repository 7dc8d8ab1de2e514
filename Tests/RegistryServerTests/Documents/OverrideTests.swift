import ConfigModel
import ConfigRegistry
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Letting findings of checks pass, over HTTP", .timeLimit(.minutes(1))) struct OverrideTests {
    static let secret = "hunter2-and-more"

    struct Write: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        var body: String?
        var contentType = "application/json"

        var testDescription: String { "\(method) \(path)" }

        /// The same with overrides: in the body's members, or else in the query.
        func overriding(_ names: String...) -> Write {
            var write = self
            if contentType == "application/json", let body {
                let list = names.map { "\"\($0)\"" }.joined(separator: ",")
                write.body = String(body.dropLast()) + ",\"override\":[\(list)]}"
                return write
            }
            let query = names.map { "override=\($0)" }.joined(separator: "&")
            return Write(method: method, path: "\(path)&\(query)", body: body, contentType: contentType)
        }

        func send(_ client: any TestClientProtocol) async throws -> Answer {
            try await client.call(
                method, "/api/configs/\(path)", body, headers: body == nil ? [:] : ["Content-Type": contentType])
        }
    }

    /// Each would store a comment with a secret, after version 1.
    static let comment = "sk_live_5Hq8Zr2Vx7Lk9Pm4Tn6W"
    static let writes = [
        Write(method: .post, path: "new", body: #"{"config_data":{"n":2},"comment":"\#(comment)"}"#),
        Write(method: .put, path: "s", body: #"{"config_data":{"n":2},"comment":"\#(comment)"}"#),
        Write(
            method: .patch, path: "s?comment=\(comment)", body: #"{"n":2}"#,
            contentType: "application/merge-patch+json"),
        Write(method: .post, path: "s/rollback", body: #"{"to_version":1,"comment":"\#(comment)"}"#),
        Write(
            method: .post, path: "s/promote?environment=prod",
            body: #"{"from_environment":"default","comment":"\#(comment)"}"#),
        Write(method: .delete, path: "s?comment=\(comment)"),
    ]

    @Test(arguments: writes) func everyKindOfWriteTakesOverrides(_ write: Write) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let refused = try await write.send(client)
            #expect(refused.status == 422 && refused.problem == "checks-failed")
            #expect(refused["findings"]?.description.contains(#""override":"secret:comment""#) == true)
            #expect(refused.detail.contains(#"repeat the request with the override "secret:comment"."#))
            #expect(!refused.text.contains(Self.comment))
            let other = try await write.overriding("blast-radius").send(client)
            #expect(other.problem == "checks-failed")
            let named = try await write.overriding("secret:comment", "blast-radius").send(client)
            #expect((200...201).contains(named.status), "\(named.text)")
            guard write.method != .delete else { return }
            #expect(named["overrides"] == #"["secret:comment"]"#)
        }
    }

    @Test(arguments: writes, ["secret", "secret:", "everything", "Blast-Radius"])
    func whatIsNoOverrideIsABadRequest(_ write: Write, _ name: String) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let answer = try await write.overriding(name).send(client)
            #expect(answer.status == 400 && answer.problem == "invalid-override", "\(answer.text)")
            #expect(try await client.get("/api/configs/s/versions/2").status == 404)
        }
    }

    @Test func anOverrideIsSeenInTheHistoryAndItsWarningNowhereElseThanInTheAnswer() async throws {
        try await TestServer.run { client in
            let content = #"{"password":"\#(Self.secret)"}"#
            let created = try await client.call(
                .post, "/api/configs/s", #"{"config_data":\#(content),"override":["secret:/password"]}"#)
            #expect(created.status == 201 && created["overrides"] == #"["secret:/password"]"#)
            #expect(created["warnings"] == nil)
            let updated = try await client.update("s", #"{"n":1,"password":"\#(Self.secret)"}"#)
            #expect(updated.status == 200 && updated["overrides"] == nil)
            #expect(updated["warnings"]?.description.contains(#""pointer":"/password""#) == true)
            #expect(updated["warnings"]?.description.contains(Self.secret) == false)
            let history = try await client.get("/api/configs/s/history")
            #expect(history.list.map { $0["overrides"] } == [nil, #"["secret:/password"]"#])
            #expect(history.list.allSatisfy { $0["warnings"] == nil })
        }
    }

    @Test func atMostAHundredFindingsAreInAnAnswer() async throws {
        try await TestServer.run { client in
            let members = (1...130).map { #""p\#($0)":{"password":"\#(Self.secret)"}"# }.joined(separator: ",")
            let answer = try await client.create("s", "{\(members)}")
            guard case .array(let findings)? = answer["findings"] else {
                Issue.record("\(answer.text)")
                return
            }
            #expect(findings.count == 100 && answer["more"] == 30 && answer["hidden"] == nil)
            #expect(answer.detail.contains("There are 129 findings more."))
        }
    }

    @Test func nothingThatTheServerSaysHoldsTheSecret() async throws {
        try await AccessServer.run { server in
            let body = #"{"config_data":{"password":"\#(Self.secret)"},"comment":"c","override":["secret:/other"]}"#
            for path in ["/api/configs/a", "/api/configs/a/validate"] {
                _ = try await server.call(.post, path, body)
            }
            _ = try await server.call(
                .patch, "/api/configs/a?override=secret", #"{"password":"\#(Self.secret)"}"#,
                headers: ["Content-Type": "application/merge-patch+json"])
            for path in ["/metrics", "/stats", "/api/audit/access", "/health"] {
                #expect(try await server.get(path).status == 200)
            }
            // A validation's difference shows the caller what it sent.
            let said = server.transcript.split(separator: "\n").filter { !$0.contains(#""diff":["#) }
            #expect(said.contains { $0.contains("/password") })
            #expect(!said.contains { $0.contains(Self.secret) })
        }
    }

    @Test func metricsCountWhatChecksFound() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"password":"\#(Self.secret)"}"#)
            let metrics = try await client.get("/metrics").text
            #expect(metrics.contains(#"configbus_checks_total{check="secret",result="refused"} 1"#))
            #expect(metrics.contains(#"configbus_checks_total{check="blast-radius",result="refused"} 0"#))
        }
    }
}
