import HummingbirdTesting
import NIOCore
import RegistryServer
import TestSupport
import Testing

/// Whatever bytes come on a connection, the answer is one of HTTP, or the connection is closed, and the next client is served.
@Suite(.timeLimit(.minutes(60))) struct RequestFuzzTests {
    private static func request(_ line: String, _ fields: String = "", _ body: String = "") -> String {
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        return "\(line) HTTP/1.1\r\nHost: localhost\r\n\(fields)\(length)\r\n\(body)"
    }

    private static let json = "Content-Type: application/json\r\n"

    private static let corpus = [
        request("GET /api/configs/s"),
        request("GET /api/configs/s?environment=default&version=1", "Connection: close\r\n"),
        request("GET /api/configs/s", "If-None-Match: \"1.1\"\r\n") + request("HEAD /api/configs/s"),
        request("GET http://localhost/api/configs?limit=1&view=heads"), request("GET /health/live") + "GET / HT",
        request("PUT /api/configs/s", json + "If-Match: \"1.1\"\r\n", #"{"config_data":{"a":1}}"#),
        request(
            "POST /api/configs/t", json + "Idempotency-Key: k\r\nPrefer: return=minimal\r\n", #"{"config_data":{}}"#),
        request("PATCH /api/configs/s", "Content-Type: application/merge-patch+json\r\n", #"{"a":null}"#),
        request("POST /api/configs:batchGet", json, #"{"documents":[{"service_name":"s","environment":"default"}]}"#),
        request("PUT /api/configs/s", json + "Expect: 100-continue\r\n", #"{"config_data":{"b":[]}}"#),
        request("PUT /api/configs/s", json + "Transfer-Encoding: chunked\r\n")
            + "5;x=y\r\n{\"con\r\n13\r\nfig_data\":{\"a\":1}}  \r\n0\r\nX-Trailer: a\r\n\r\n",
        "GET /api/configs/s HTTP/1.0\r\n\r\n",
    ]

    @Test func requests() async throws {
        var options = RegistryServerOptions()
        options.headLimit = .seconds(2)
        options.bodyLimit = .seconds(2)
        options.lingering = .milliseconds(20)
        try await TestServer.run(.live, options: options) { client in
            try await client.create("s", #"{"n":1}"#)
            let port = client.port
            try await Fuzz.run("requests", corpus: Self.corpus, rounds: 600) { (bytes) async throws in
                // A stream or a waiting read would go on for as long as the client is there.
                guard !bytes.contains("watch".utf8), !bytes.contains("wait".utf8) else { return }
                let answer = try await RawConnection.exchange(bytes, port: port)
                guard !answer.isEmpty else { return }
                #expect(answer.prefixMatch(of: #/HTTP/1\.[01] [1-5]\d\d /#) != nil, "\(answer.prefix(80))")
                #expect(!answer.contains(#"{"type":"failed""#), "\(answer)")
            }
            #expect(try await client.get("/health/live").status == 200)
            #expect(try await client.get("/api/configs/s").status == 200)
        }
    }
}
