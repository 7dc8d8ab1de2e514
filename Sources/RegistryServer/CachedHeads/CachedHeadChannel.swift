package import HTTPTypes
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1

/// HTTP/1.1 with answers that are given before a request comes to Hummingbird's router.
package struct CachedHeadChannel: ServerChildChannel {
    /// What Hummingbird's own channel has.
    package typealias Value = HTTP1Channel.Value
    /// The answer to a request, made on the thread of the connection's event loop, whose other connections wait meanwhile;
    /// nil when the router is to answer.
    package typealias Answer = @Sendable (HTTPRequest) -> PreencodedResponse?

    private let channel: HTTP1Channel
    private let limits: ConnectionLimits
    private let answer: Answer

    /// Puts the channel together.
    package init(
        _ channel: HTTP1Channel, limits: ConnectionLimits = ConnectionLimits(), _ answer: @escaping Answer
    ) {
        self.channel = channel
        self.limits = limits
        self.answer = answer
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        self.channel.setup(channel: channel, logger: logger).flatMapThrowing { value in
            // Behind the handler that knows of idle connections and of a server that stops, so that it sees these too.
            let pipeline = channel.pipeline.syncOperations
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            let wire = try pipeline.context(handlerType: HTTPResponseEncoder.self)
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(ConnectionGuard(stallLimit: TimeAmount(limits.stall)), position: .first)
            try pipeline.addHandler(MessageRules(maximumBodyBytes: limits.bodyBytes), position: .after(parser))
            try pipeline.addHandler(CachedHeadHandler(answer, wire: wire), position: .after(state))
            return value
        }.flatMap { value in
            // A client that sends one request behind the other without end has its turn like any other.
            channel.setOption(.maxMessagesPerRead, value: 1).and(
                channel.setOption(
                    .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2_048, maximum: 16_384)
                )
            ).map { _ in value }
        }
    }

    package func handle(value: Value, logger: Logger) async {
        await channel.handle(value: value, logger: logger)
    }
}

/// What a connection bears.
package struct ConnectionLimits: Sendable {
    /// A client that takes nothing for so long, while there is much for it, is cut.
    package var stall: Duration
    /// The longest body that is read, to be used or to be thrown away.
    package var bodyBytes: Int

    /// The server's defaults.
    package init(stall: Duration = .seconds(30), bodyBytes: Int = .max) {
        self.stall = stall
        self.bodyBytes = bodyBytes
    }
}
