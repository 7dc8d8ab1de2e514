import NIOCore
import NIOPosix

/// A connection to a server on this machine, on which a test writes bytes and reads text.
struct RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var text = ""

    /// Runs `body` with a connection, which is closed afterwards.
    static func run(port: Int?, _ body: @Sendable (inout RawConnection) async throws -> Void) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "localhost", port: port ?? 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            try await body(&connection)
        }
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    func write(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Everything up to and including `end`; what follows is kept for the next call.
    @concurrent
    mutating func read(through end: String) async throws -> String {
        while true {
            if let range = text.firstRange(of: end) {
                defer { text = String(text[range.upperBound...]) }
                return String(text[..<range.upperBound])
            }
            guard let bytes = try await inbound.next() else { throw ConnectionEnded(rest: text) }
            text += String(buffer: bytes)
        }
    }

    /// Everything until the server closes the connection.
    @concurrent
    mutating func readToEnd() async throws -> String {
        while let bytes = try await inbound.next() { text += String(buffer: bytes) }
        return text
    }
}

/// The server closed the connection while a test expected more.
struct ConnectionEnded: Error {
    let rest: String
}
