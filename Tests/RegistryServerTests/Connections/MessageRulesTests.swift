import HTTPTypes
import HummingbirdTesting
import RegistryServer
import Testing

/// What HTTP/1 asks of a server, on a real connection.
@Suite("The rules of HTTP/1", .timeLimit(.minutes(1)))
struct MessageRulesTests {
    private static let document = "/api/configs/s"

    private func connect(
        options: RegistryServerOptions = RegistryServerOptions(),
        _ test: @escaping @Sendable (inout RawConnection, _ host: String) async throws -> Void
    ) async throws {
        try await TestServer.run(.live, options: options) { client in
            try await client.create("s", #"{"n":1}"#)
            for n in 2...60 { try await client.update("s", "{\"n\":\(n)}") }
            // In memory from here on, so that it is answered before the router.
            #expect(try await client.get(Self.document).status == 200)
            try await RawConnection.run(port: client.port) { connection in
                try await test(&connection, "127.0.0.1:\(client.port ?? 0)")
            }
        }
    }

    @Test(
        arguments: [document, "/health/live", "/metrics", document + "/history?limit=100", "/api/configs/none"],
        ["", "Connection: close\r\n", "Connection: keep-alive\r\n"])
    func http1_0IsAnsweredWithoutChunksAndTheConnectionClosed(_ path: String, _ fields: String) async throws {
        try await connect { connection, host in
            try await connection.write("GET \(path) HTTP/1.0\r\nHost: \(host)\r\n\(fields)\r\n")
            let answer = try await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.0 "))
            let lines = answer.lowercased().split(separator: "\r\n")
            #expect(lines.contains("connection: close"))
            #expect(!lines.contains { $0.hasPrefix("transfer-encoding") })
            #expect(answer.hasSuffix("}") || answer.hasSuffix("]") || answer.hasSuffix("\n"), "\(answer.suffix(80))")
        }
    }

    @Test func aStreamForHTTP1_0HasNoChunks() async throws {
        try await connect { connection, host in
            try await connection.write("GET /api/watch?service=s HTTP/1.0\r\nHost: \(host)\r\n\r\n")
            let head = try await connection.read(through: "\r\n\r\n")
            #expect(!head.lowercased().contains("transfer-encoding"))
            let frames = try await connection.read(through: "event: synced\n")
            #expect(frames.hasPrefix("event: config.updated\nid: default/s@60\ndata: {"))
            #expect(!frames.contains("\r"))
            #expect(try await connection.read(through: "\n\n").hasPrefix("data: {"))
        }
    }

    @Test func aStreamTellsProxiesAndCachesToPassItOnAsItComes() async throws {
        try await connect { connection, host in
            try await connection.write("GET /api/watch?service=s HTTP/1.1\r\nHost: \(host)\r\n\r\n")
            let head = try await connection.read(through: "\r\n\r\n").lowercased()
            #expect(head.contains("\r\ncache-control: no-store, no-transform\r\n"))
            #expect(head.contains("\r\nx-accel-buffering: no\r\n"))
        }
    }

    @Test(arguments: ["close", "Close", "keep-alive, close"])
    func theConnectionIsClosedWhenTheClientWantsItAndNothingBehindThatRequestIsAnswered(_ value: String) async throws {
        try await connect { connection, host in
            let get = "GET \(Self.document) HTTP/1.1\r\nHost: \(host)\r\n"
            try await connection.write("\(get)\r\n\(get)Connection: \(value)\r\n\r\n\(get)\r\n")
            let answers = try await connection.readToEnd()
            #expect(answers.split(separator: "HTTP/1.1 200").count == 2)
            #expect(answers.lowercased().contains("\r\nconnection: close\r\n"))
        }
    }

    static let targets: [(target: String, host: String, status: Int)] = [
        ("http://evil.example/api/configs/s", "HOST", 403), ("http://evil.example/api/configs", "HOST", 403),
        ("http://HOST/api/configs/s", "evil.example", 200), ("HTTP://HOST/api/configs?limit=1", "evil.example", 200),
        ("http://HOST", "HOST", 404), ("http://HOST?x=1", "HOST", 404), ("http://evil@HOST/api/configs/s", "HOST", 403),
        ("http://HOST/api/configs/s", "HOST\r\nHost: evil.example", 403), ("http:///api/configs/s", "HOST", 403),
    ]

    @Test(arguments: targets)
    func theHostOfAnAbsoluteTargetCountsAndNotTheHostBesideIt(_ target: String, _ field: String, _ status: Int)
        async throws
    {
        try await connect { connection, host in
            let request = "GET \(target) HTTP/1.1\r\nHost: \(field)\r\nConnection: close\r\n\r\n"
            try await connection.write(request.replacing("HOST", with: host))
            #expect(try await connection.readToEnd().hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test(arguments: [
        ("/api/configs/s#x", 400), ("/api/configs/s?environment=default#x", 400), ("/#", 400),
        ("/health/live#", 400),
        ("http://HOST#x", 400), ("http://HOST/api/configs/s?environment=default#", 400),
        ("/api/configs?prefix=%23", 400), ("/api/configs/s%23x", 400), ("/api/configs/s?environment=default", 200),
        ("/api/configs/s/history?limit=1", 200),
    ])
    func aTargetHasNoFragment(_ target: String, _ status: Int) async throws {
        try await connect { connection, host in
            let request = "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
            try await connection.write(request.replacing("HOST", with: host))
            let answer = try await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains(#"{"type":"malformed-request""#) == target.contains("#"))
        }
    }

    @Test func aNumberSignInAValueIsEncoded() async throws {
        try await TestServer.run { client in
            try await client.create("s", "{}")
            let target = "/api/configs/s?comment=fixes%20%2312&created_by=a"
            #expect(try await client.call(.delete, target).status == 200)
            #expect(try await client.get("/api/configs/s/history?limit=1").text.contains("fixes #12"))
            #expect(try await client.call(.delete, "/api/configs/s?comment=fixes#12").problem == "malformed-request")
        }
    }

    static let malformed: [(bytes: String, status: Int, type: String)] = [
        (
            "GET /health/live HTTP/1.1\r\nX: \(String(repeating: "a", count: 1_000_000))\r\n\r\n", 431,
            "headers-too-large"
        ),
        ("GET /\(String(repeating: "a", count: 1_000_000)) HTTP/1.1\r\n\r\n", 431, "headers-too-large"),
        (
            "GET / HTTP/1.1\r\n" + String(repeating: "X: a\r\n", count: 1_000) + "\r\n", 431, "headers-too-large"
        ),
        ("get / HTTP/1.1\r\n\r\n", 400, "malformed-request"), ("\u{0}\u{0}\u{0}", 400, "malformed-request"),
        ("GET / HTTP/1.1\r\nX : a\r\n\r\n", 400, "malformed-request"),
        ("POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n", 400, "malformed-request"),
    ]

    @Test(arguments: malformed)
    func whatIsNoRequestIsAnsweredWithAProblemAndTheConnectionClosed(_ bytes: String, _ status: Int, _ type: String)
        async throws
    {
        try await connect { connection, _ in
            try await connection.write(bytes)
            let answer = try await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains("\r\nContent-Type: application/problem+json\r\n"))
            #expect(answer.contains(#"{"type":"\#(type)","#))
        }
    }

    @Test(arguments: [document, "/health/live"])
    func whatIsWrongBehindAnAnswerGetsNoSecondOne(_ path: String) async throws {
        try await connect { connection, host in
            try await connection.write("GET \(path) HTTP/1.1\r\nHost: \(host)\r\nTransfer-Encoding: chunked\r\n\r\n")
            _ = try await connection.read(through: "}")
            try await connection.write("no chunk\r\n")
            #expect(try await connection.readToEnd() == "")
        }
    }

    @Test(arguments: ["gzip", "x-unknown", "identity, gzip"])
    func aBodyThatIsEncodedIsRefused(_ encoding: String) async throws {
        try await TestServer.run { client in
            let body = #"{"config_data":{}}"#
            let headers = ["Content-Encoding": encoding]
            let answer = try await client.call(.post, Self.document, body, headers: headers)
            #expect(answer.status == 415)
            #expect(answer.problem == "unsupported-media-type")
            #expect(answer.header("Accept-Encoding") == "identity")
            for encoding in ["identity", "Identity"] {
                let headers = ["Content-Encoding": encoding]
                #expect(try await client.call(.post, "/api/configs/\(encoding)", body, headers: headers).status == 201)
            }
        }
    }
}
