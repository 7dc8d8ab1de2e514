import ConfigModel
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import RegistryServer
import Synchronization
import TestSupport
import Testing

/// The client stops reading, and the server has more to say than the buffers between them hold: at once, or by and by.
@Suite(.timeLimit(.minutes(1))) struct StalledClientTests {
    /// So many documents are more than a socket takes that is not read.
    private static let count = 8
    private static let text = String(repeating: "x", count: 1_000_000)

    @Test(arguments: [false, true])
    func aClientThatTakesNothingIsCut(isSynced: Bool) async throws {
        try await run(stallLimit: .milliseconds(200), isSynced: isSynced) { client, received in
            // Reading begins only after the server cut the connection, so that this ends before everything was told.
            try await eventually("the stream is cut") {
                try await client.get("/stats").text.contains(#""watches_open":0"#)
            }
            try await received.readOn()
            // The server closed the connection hard or softly; either way it ends.
            try await eventually("the connection ends") { received.hasEnded }
            #expect(received.bytes.count < Self.count * Self.text.utf8.count)
        }
    }

    @Test(arguments: [false, true])
    func aClientThatReadsLateIsToldEverything(isSynced: Bool) async throws {
        try await run(stallLimit: .seconds(60), isSynced: isSynced) { client, received in
            try await received.readOn()
            try await client.create("last")
            try await eventually("the last head is told") {
                received.bytes.suffix(2_000).contains("default/last@1".utf8)
            }
            let told = try received.frames.filter { $0.id != nil }.map { try $0.configEvent }
            #expect(told.map(\.key.service).sorted() == ((0..<Self.count).map { "s\($0)" } + ["last"]).sorted())
            #expect(told.allSatisfy { $0.key.service == "last" || $0.content?.bytes.count == Self.text.utf8.count + 8 })
        }
    }

    /// The documents are there before the client asks, or come when it has received that there are none.
    private func run(
        stallLimit: Duration, isSynced: Bool,
        _ body: @escaping @Sendable (any TestClientProtocol, Received) async throws -> Void
    ) async throws {
        var options = RegistryServerOptions()
        options.stallLimit = stallLimit
        // A proof would set going again what stands still.
        options.proofPeriod = .seconds(3_600)
        try await TestServer.run(.live, options: options) { client in
            let create = { @Sendable in
                for number in 0..<Self.count { try await client.fill(.post, "s\(number)", #"{"a":"\#(Self.text)"}"#) }
            }
            if !isSynced { try await create() }
            let received = try await Received.open(port: client.port)
            try await received.read(through: isSynced ? "event: synced" : "event: config.created")
            if isSynced { try await create() }
            try await body(client, received)
            try await received.close()
        }
    }
}

/// What a client of a stream has received, which reads when it is told to.
private final class Received: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private struct State {
        var bytes: [UInt8] = []
        var hasEnded = false
    }

    private let channel: any Channel
    private let state = Mutex(State())

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// The frames that came, behind the head of the response.
    var frames: [Frame] {
        get throws {
            var rest = bytes[...]
            let end = try #require(rest.firstRange(of: "\r\n\r\n".utf8))
            rest = rest[end.upperBound...]
            var frames: [Frame] = []
            while let end = rest.firstRange(of: "\r\n".utf8) {
                let size = try #require(Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16))
                let chunk = rest[end.upperBound...].prefix(size)
                frames.append(Frame(String(decoding: chunk.dropLast(2), as: UTF8.self)))
                rest = rest[end.upperBound...].dropFirst(size + 2)
            }
            return frames
        }
    }

    static func open(port: Int?) async throws -> Received {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 65_536)
            .connect(host: "localhost", port: port ?? 0).get()
        let received = Received(channel)
        try await channel.pipeline.addHandler(received).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET /api/watch HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        return received
    }

    private init(_ channel: any Channel) { self.channel = channel }

    func readOn() async throws { try await channel.setOption(.autoRead, value: true).get() }

    func read(through text: String) async throws {
        try await readOn()
        // A server that is slower than its own limit has cut it before, which is what the test waits for next.
        try await eventually(text) { bytes.contains(text.utf8) || hasEnded }
        try await channel.setOption(.autoRead, value: false).get()
    }

    func close() async throws { if channel.isActive { try await channel.close() } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        state.withLock { $0.bytes += Array(buffer: unwrapInboundIn(data)) }
    }

    func channelInactive(context: ChannelHandlerContext) { state.withLock { $0.hasEnded = true } }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
