import HummingbirdTesting
import Testing

/// `Expect: 100-continue`, on a real connection: the client sends its body when it is asked for it.
@Suite(.timeLimit(.minutes(1))) struct ExpectationTests {
    private static let body = #"{"config_data":{"a":1}}"#

    private func connect(
        _ test: @escaping @Sendable (inout RawConnection, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestServer.run(.live) { client in
            try await RawConnection.run(port: client.port) { try await test(&$0, client) }
        }
    }

    private static func head(
        _ service: String = "s", expect: String = "100-continue", type: String = "application/json",
        host: String = "localhost", length: Int = body.utf8.count, version: String = "1.1"
    ) -> String {
        "POST /api/configs/\(service) HTTP/\(version)\r\nHost: \(host)\r\nContent-Type: \(type)\r\nExpect: \(expect)\r\n"
            + "Content-Length: \(length)\r\n\r\n"
    }

    @Test(arguments: ["100-continue", "100-Continue"])
    func aBodyIsAskedForWhenItIsWanted(_ expectation: String) async throws {
        try await connect { connection, client in
            try await connection.write(Self.head(expect: expectation))
            #expect(try await connection.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.write(Self.body)
            #expect(try await connection.read(through: "\r\n\r\n").hasPrefix("HTTP/1.1 201 Created\r\n"))
            _ = try await connection.read(through: "}")
            #expect(try await client.get("/api/configs/s").text == #"{"a":1}"#)
        }
    }

    @Test func theConnectionGoesOnAfterwards() async throws {
        try await connect { connection, _ in
            for service in ["s", "t"] {
                try await connection.write(Self.head(service))
                _ = try await connection.read(through: "100 Continue\r\n\r\n")
                try await connection.write(Self.body)
                #expect(try await connection.read(through: "\r\n\r\n").contains("201 Created"))
                // The end of the record.
                _ = try await connection.read(through: #""comment":""}"#)
            }
        }
    }

    static let refusals: [(head: String, status: Int, type: String)] = [
        (head(length: 999_999_999), 413, "too-large"), (head(type: "text/plain"), 415, "unsupported-media-type"),
        (head(host: "evil.example"), 403, "not-allowed-host"), (head("a%2fb"), 400, "invalid-name"),
        (head(expect: "200-ok"), 417, "expectation-failed"),
        (head(expect: "100-continue, x"), 417, "expectation-failed"),
    ]

    @Test(arguments: refusals)
    func whatIsRefusedWithoutTheBodyIsRefusedBeforeItAndTheConnectionClosed(
        _ head: String, _ status: Int, _ type: String
    ) async throws {
        try await connect { connection, client in
            try await connection.write(head)
            let answer = try await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains(#"{"type":"\#(type)","#))
            #expect(try await client.get("/api/configs/s").problem == "unknown")
        }
    }

    @Test func aClientThatDoesNotWaitIsAnsweredToo() async throws {
        try await connect { connection, _ in
            try await connection.write(Self.head() + Self.body)
            let answers = try await connection.read(through: "201 Created\r\n")
            #expect(answers.hasPrefix("HTTP/1.1 100 Continue\r\n\r\n"))
        }
    }

    @Test func meansNothingToHTTP10() async throws {
        try await connect { connection, _ in
            try await connection.write(Self.head(version: "1.0") + Self.body)
            #expect(try await connection.readToEnd().hasPrefix("HTTP/1.0 201 Created\r\n"))
        }
    }
}
