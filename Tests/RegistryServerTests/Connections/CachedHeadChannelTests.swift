import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import RegistryServer

@Suite("A connection that is answered before the router", .timeLimit(.minutes(1)))
struct CachedHeadChannelTests {
    private static let prompt = request("/prompt")
    private static let routed = request("/routed")

    @Test(arguments: [
        ([prompt], ["prompt"]),
        ([request("/prompt", "Connection: Keep-Alive\r\n"), prompt], ["prompt", "prompt"]),
        ([routed], ["routed"]),
        ([prompt, prompt, prompt], ["prompt", "prompt", "prompt"]),
        ([prompt, routed], ["prompt", "routed"]),
        // What comes while the router is busy has to wait for it.
        ([routed, prompt], ["routed", "routed"]),
    ])
    func answersInTheOrderOfTheRequests(requests: [String], answers: [String]) async throws {
        try await connect { connection, _ in
            try await connection.write(requests.joined())
            #expect(try await connection.bodies(requests.count) == answers)
        }
    }

    @Test func answersByItselfAgainWhenTheRouterHasAnswered() async throws {
        try await connect { connection, _ in
            for _ in 0..<2 {
                try await connection.write(Self.routed)
                #expect(try await connection.bodies(1) == ["routed"])
                try await connection.write(Self.prompt)
                #expect(try await connection.bodies(1) == ["prompt"])
            }
        }
    }

    @Test func passesOverTheBodyOfARequestThatItAnswered() async throws {
        try await connect { connection, _ in
            try await connection.write(Self.request("/prompt", "Content-Length: 5\r\n") + "abcde" + Self.prompt)
            #expect(try await connection.bodies(2) == ["prompt", "prompt"])
        }
    }

    @Test func closesWhenTheClientWantsItClosed() async throws {
        try await connect { connection, _ in
            try await connection.write(Self.request("/prompt", "Connection: close\r\n"))
            #expect(try await connection.readToEnd().hasSuffix("\r\n\r\nrouted"))
        }
    }

    @Test(arguments: [("/prompt", "200 OK", "prompt"), ("/none", "304 Not Modified", "")])
    func sendsWhatHTTPWants(path: String, status: String, body: String) async throws {
        try await connect { connection, _ in
            try await connection.write(Self.request(path))
            let head = try await connection.read(through: "\r\n\r\n").split(separator: "\r\n").map(String.init)
            #expect(head.first == "HTTP/1.1 \(status)")
            #expect(head[1].contains(/^Date: [A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/))
            #expect(head[2] == "X-Field: value")
            #expect(head.dropFirst(3) == (body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]))
            #expect(try await connection.read(count: body.utf8.count) == body)
        }
    }

    @Test func sendsNothingAfterChunksThatTheEncoderWouldTakeForOneMore() async throws {
        try await connect { connection, _ in
            try await connection.write(Self.request("/chunked"))
            _ = try await connection.read(through: "\r\n0\r\n\r\n")
            try await connection.write(Self.prompt)
            #expect(try await connection.bodies(1) == ["routed"])
            try await connection.write(Self.prompt)
            #expect(try await connection.bodies(1) == ["prompt"])
        }
    }

    @Test func isIdleWhenItHasAnswered() async throws {
        try await connect(idleTimeout: .seconds(3)) { connection, _ in
            try await connection.write(Self.prompt)
            // The server closes it; the test's time limit is the proof.
            #expect(try await connection.readToEnd().hasSuffix("\r\n\r\nprompt"))
        }
    }

    @Test func leavesToTheRouterWhichCanWaitWhatIsAskedWhileTheResponseBeforeIsNotTaken() async throws {
        let count = 20
        // More than a channel takes before it says that it is full.
        try await connect(bodyBytes: 100_000) { connection, prompts in
            try await connection.write(String(repeating: Self.prompt, count: count))
            #expect(try await connection.bodies(count).count == count)
            #expect((1..<count).contains(prompts()))
        }
    }

    private static func request(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    /// A client of a server whose router answers "routed" to everything, and whose connections answer "prompt" at one path.
    ///
    /// - Parameters:
    ///   - bodyBytes: how long each response is at least.
    ///   - idleTimeout: when a connection without requests is closed.
    ///   - test: is given how many answers were prompt ones.
    private func connect(
        bodyBytes: Int = 0, idleTimeout: TimeAmount? = nil,
        _ test: @escaping @Sendable (inout RawConnection, _ prompts: () -> Int) async throws -> Void
    ) async throws {
        let fill = String(repeating: " ", count: bodyBytes)
        let prompts = Counted()
        let fields = HTTPFields([HTTPField(name: HTTPField.Name("X-Field")!, value: "value")])
        let router = Router()
        router.get("/**") { _, _ in
            Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "routed" + fill)))
        }
        router.get("/chunked") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "chunk"))
                    try await writer.finish(nil)
                })
        }
        let server = HTTPServerBuilder { responder in
            CachedHeadChannel(
                HTTP1Channel(responder: responder, configuration: HTTP1Channel.Configuration(idleTimeout: idleTimeout))
            ) { request, _ in
                let answer: PreencodedResponse? =
                    switch request.path {
                    case "/prompt": PreencodedResponse(.ok, fields, body: ByteBuffer(string: "prompt" + fill))
                    case "/none": PreencodedResponse(.notModified, fields, body: nil)
                    default: nil
                    }
                if answer != nil { prompts.value.add(1, ordering: .relaxed) }
                return answer
            }
        }
        let application = Application(
            router: router, server: server,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client in
            try await RawConnection.run(port: client.port) { connection in
                try await test(&connection) { prompts.value.load(ordering: .relaxed) }
            }
        }
    }
}

private final class Counted: Sendable {
    let value = Atomic(0)
}

extension RawConnection {
    /// The bodies of the next answers, without white space behind them.
    fileprivate mutating func bodies(_ count: Int) async throws -> [String] {
        var bodies: [String] = []
        for _ in 0..<count {
            let head = try await read(through: "\r\n\r\n")
            let length = try #require(head.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.1) })
            bodies.append(String(try await read(count: length).prefix { $0 != " " }))
        }
        return bodies
    }
}
