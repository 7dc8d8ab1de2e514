import HummingbirdTesting
import NIOCore
import NIOEmbedded
import NIOHTTP1
import RegistryServer
import Testing

@testable import RegistryServer

/// A head has 10 s from its first byte on, a body 30 s from its head on.
@Suite("The time that a request may take to arrive", .timeLimit(.minutes(1)))
struct RequestDeadlinesTests {
    enum Step: Sendable {
        case receive(String)
        case answer
        case wait(Int64)
    }

    private static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let put = "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"

    static let inTime: [[Step]] = [
        [.wait(3_600)],
        [.receive("\r\n"), .wait(3_600)],
        [.receive("G"), .wait(9)],
        [.receive(get), .wait(3_600)],
        [.receive(get), .answer, .wait(3_600)],
        [.receive("GET /a HTTP/1.1\r\n"), .wait(9), .receive("Host: h\r\n\r\n"), .answer, .wait(3_600)],
        [.receive("GET /a HTTP/1.1\r\n"), .wait(9), .receive("\r\n"), .answer, .receive("G"), .wait(9)],
        [.receive(put), .wait(29), .receive("abcde"), .answer, .wait(3_600)],
        [.receive("P"), .wait(9), .receive("\(put.dropFirst())abc"), .wait(29), .receive("de"), .wait(3_600)],
        // A server that does not read on, because an earlier request has no response yet, is not a slow client.
        [.receive(get), .receive("G"), .wait(3_600), .answer, .wait(9)],
        [.receive(get), .receive(put), .wait(3_600), .answer, .wait(29)],
    ]

    @Test(arguments: inTime)
    func whatIsInTimeIsNotCut(_ steps: [Step]) throws {
        let connection = try EmbeddedConnection()
        try connection.take(steps)
        #expect(connection.errors.parts == [])
        let statuses = try connection.statuses()
        #expect(statuses == steps.answers)
        #expect(connection.channel.isActive)
    }

    static let slowHeads: [[Step]] = [
        [.receive("G"), .wait(11)],
        [.receive("\r\n"), .wait(60), .receive("\r\nG"), .wait(11)],
        // Bytes that come one by one gain no time.
        [.receive("GET /a HTTP/1.1\r\nX: "), .wait(6), .receive("a"), .wait(6)],
        [.receive(get), .answer, .receive("G"), .wait(11)],
        [.receive(put + "abcde"), .answer, .wait(60), .receive("G"), .wait(11)],
        [.receive(get), .receive("G"), .wait(60), .answer, .wait(11)],
    ]

    @Test(arguments: slowHeads)
    func aSlowHeadIsAnsweredAndTheConnectionClosed(_ steps: [Step]) throws {
        let connection = try EmbeddedConnection()
        try connection.take(steps)
        let statuses = try connection.statuses()
        #expect(statuses == steps.answers + [408])
        #expect(!connection.channel.isActive)
    }

    static let slowBodies: [[Step]] = [
        [.receive(put), .wait(31)],
        [.receive(put + "a"), .wait(16), .receive("b"), .wait(16)],
        [.receive(get), .answer, .receive(put), .wait(31)],
        [.receive(get), .receive(put), .wait(60), .answer, .wait(31)],
    ]

    @Test(arguments: slowBodies)
    func theReaderOfASlowBodyGetsAnError(_ steps: [Step]) throws {
        let connection = try EmbeddedConnection()
        try connection.take(steps)
        #expect(connection.errors.parts == [.body])
    }

    @Test func aSlowBodyWhoseRequestHasItsAnswerIsCut() throws {
        let connection = try EmbeddedConnection()
        try connection.take([.receive(Self.put), .answer, .wait(31)])
        #expect(connection.errors.parts == [])
        let statuses = try connection.statuses()
        #expect(statuses == [200])
        #expect(!connection.channel.isActive)
    }

    static let slow: [(bytes: String, answers: [String])] = [
        ("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: a", ["408"]),
        ("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", ["200"]),
        (post("/s") + #"{"config_data":"#, ["408"]),
        (post("/s/rollback") + "{", ["408"]),
        (post(":batchGet") + "{", ["408"]),
        ("GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc", ["200"]),
    ]

    private static func post(_ path: String) -> String {
        "POST /api/configs\(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n"
    }

    @Test(arguments: slow)
    func aClientGetsAnAnswerAndThenTheConnectionIsClosed(_ bytes: String, _ answers: [String]) async throws {
        var options = RegistryServerOptions()
        options.headLimit = .milliseconds(200)
        options.bodyLimit = .milliseconds(200)
        options.idleTimeout = .seconds(1)
        try await TestServer.run(.live, options: options) { client in
            try await RawConnection.run(port: client.port) { connection in
                try await connection.write(bytes)
                let received = try await connection.readToEnd()
                #expect(received.matches(of: /HTTP\/1\.1 (\d+)/).map { String($0.1) } == answers)
                #expect(received.contains(#"{"type":"timeout""#) == answers.contains("408"))
            }
        }
    }
}

extension [RequestDeadlinesTests.Step] {
    /// The statuses of the answers among the steps.
    fileprivate var answers: [UInt] { compactMap { if case .answer = $0 { 200 } else { nil } } }
}

/// A connection without a socket, whose time passes at once.
private final class EmbeddedConnection {
    let channel = EmbeddedChannel()
    let errors = ErrorRecorder()

    init() throws {
        let deadlines = RequestDeadlines(head: .seconds(10), body: .seconds(30))
        try channel.pipeline.syncOperations.addHandlers([
            deadlines, ByteToMessageHandler(HTTPRequestDecoder()),
            MessageRules(maximumBodyBytes: 100, deadlines: deadlines),
            errors,
        ])
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/none")).wait()
    }

    func take(_ steps: [RequestDeadlinesTests.Step]) throws {
        for step in steps {
            switch step {
            case .receive(let text): try channel.writeInbound(ByteBuffer(string: text))
            case .answer:
                try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
                try channel.writeOutbound(HTTPServerResponsePart.end(nil))
            // As the loop does: what is set meanwhile comes to its time too.
            case .wait(let seconds): for _ in 0..<seconds { channel.embeddedEventLoop.advanceTime(by: .seconds(1)) }
            }
        }
    }

    /// Of all answers.
    func statuses() throws -> [UInt] {
        var statuses: [UInt] = []
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
            if case .head(let head) = part { statuses.append(head.status.code) }
        }
        return statuses
    }
}

/// What comes to the code that reads requests.
private final class ErrorRecorder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private(set) var parts: [SlowRequest.Part] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? SlowRequest { parts.append(error.part) } else { context.fireErrorCaught(error) }
    }
}
