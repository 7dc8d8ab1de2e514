import NIOCore
import NIOPosix

/// A connection to a server on this machine, on which a test writes bytes and reads text.
struct RawConnection {
    private var inbound: AsyncThrowingStream<ByteBuffer, any Error>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var text = ""

    /// Runs `body` with a connection, which is closed afterwards.
    static func run<Value: Sendable>(
        port: Int?, _ body: @Sendable (inout RawConnection) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "localhost", port: port ?? 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let (bytes, continuation) = AsyncThrowingStream<ByteBuffer, any Error>.makeStream()
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        for try await piece in inbound { continuation.yield(piece) }
                        continuation.finish()
                    } catch {
                        continuation.finish(throwing: error)
                    }
                }
                var connection = RawConnection(inbound: bytes.makeAsyncIterator(), outbound: outbound)
                defer { group.cancelAll() }
                return try await body(&connection)
            }
        }
    }

    /// Sends bytes, says that no more follow, and returns what comes until the server closes the connection.
    static func exchange(_ bytes: [UInt8], receiveBuffer: Int? = nil, closesOutput: Bool = true, port: Int?)
        async throws
        -> String
    {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer)
        }
        let channel = try await bootstrap.connect(host: "localhost", port: port ?? 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel,
                    configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true))
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            // The server may have closed the connection before everything was written.
            try? await outbound.write(ByteBuffer(bytes: bytes))
            if closesOutput { outbound.finish() }
            var answer: [UInt8] = []
            do {
                for try await piece in inbound { answer += piece.readableBytesView }
            } catch is IOError {}
            return String(decoding: answer, as: UTF8.self)
        }
    }

    private init(
        inbound: AsyncThrowingStream<ByteBuffer, any Error>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    func write(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Everything up to and including `end`; what follows is kept for the next call.
    mutating func read(through end: String) async throws -> String {
        while true {
            if let range = text.firstRange(of: end) {
                defer { text = String(text[range.upperBound...]) }
                return String(text[..<range.upperBound])
            }
            guard let bytes = try await inbound.next(isolation: #isolation) else { throw ConnectionEnded(rest: text) }
            text += String(buffer: bytes)
        }
    }

    /// As many bytes of ASCII.
    mutating func read(count: Int) async throws -> String {
        while text.utf8.count < count {
            guard let bytes = try await inbound.next(isolation: #isolation) else { throw ConnectionEnded(rest: text) }
            text += String(buffer: bytes)
        }
        defer { text = String(text.utf8.dropFirst(count)) ?? "" }
        return String(text.utf8.prefix(count)) ?? ""
    }

    /// Everything until the server closes the connection.
    mutating func readToEnd() async throws -> String {
        while let bytes = try await inbound.next(isolation: #isolation) { text += String(buffer: bytes) }
        return text
    }
}

/// The server closed the connection while a test expected more.
struct ConnectionEnded: Error {
    let rest: String
}
