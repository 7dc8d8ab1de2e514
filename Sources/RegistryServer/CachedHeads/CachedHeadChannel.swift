package import ConfigAccess
package import HTTPTypes
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1

/// HTTP/1.1 with responses that are given before a request comes to Hummingbird's router.
package struct CachedHeadChannel: ServerChildChannel {
    /// A connection.
    package struct Value: ServerChildChannelValue {
        fileprivate let connection: AcceptedConnection
        fileprivate let admissions: PendingAdmissions

        /// What its bytes come from.
        package var channel: any Channel { connection.channel }
    }

    /// The response to a request that was let in, made on the thread of the connection's event loop, whose other connections
    /// wait meanwhile; nil when the router is to answer.
    package typealias Answer = @Sendable (HTTPRequest, Principal) -> PreencodedResponse?

    private let channel: HTTP1Channel
    private let limits: ConnectionLimits
    private let gate: any RequestGate
    private let metrics: ServerMetrics?
    private let answer: Answer

    /// Puts the channel together, for loopback.
    package init(
        _ channel: HTTP1Channel, limits: ConnectionLimits = ConnectionLimits(), _ answer: @escaping Answer
    ) {
        self.init(channel, limits: limits, gate: LoopbackGate(), answer)
    }

    /// - Parameters:
    ///   - gate: decides about every request, whichever way it is answered.
    ///   - metrics: counts connections and responses; nil where they are not counted.
    init(
        _ channel: HTTP1Channel, limits: ConnectionLimits, gate: any RequestGate, metrics: ServerMetrics? = nil,
        _ answer: @escaping Answer
    ) {
        self.channel = channel
        self.limits = limits
        self.gate = gate
        self.metrics = metrics
        self.answer = answer
    }

    /// So long behind its last response a connection is read on.
    var lingering: TimeAmount { TimeAmount(limits.lingering) }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        self.channel.setup(channel: channel, logger: logger).map(AcceptedConnection.init).flatMapThrowing {
            connection in
            // Behind the handler that knows of idle connections and of a server that stops, so that it sees these too.
            let pipeline = channel.pipeline.syncOperations
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            let encoder = try pipeline.context(handlerType: HTTPResponseEncoder.self)
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let guardian = ConnectionGuard(
                stallLimit: TimeAmount(limits.stall), lingering: TimeAmount(limits.lingering))
            let deadlines = RequestDeadlines(head: limits.head, body: limits.body)
            try pipeline.addHandler(guardian, position: .first)
            try pipeline.addHandler(deadlines, position: .before(parser))
            try pipeline.addHandler(
                MessageRules(maximumBodyBytes: limits.bodyBytes, deadlines: deadlines), position: .after(parser))
            if let proxies = limits.proxies {
                try pipeline.addHandler(PeerGuard(proxies), position: .first)
            } else if let connections = gate.limits?.connections {
                try pipeline.addHandler(
                    AddressGuard(connections, gate: gate, logger: logger), position: .first)
            }
            let admissions = PendingAdmissions()
            let figures = metrics?.figures(of: channel.eventLoop)
            figures?.count(channel)
            try pipeline.addHandler(
                CachedHeadHandler(
                    gate: gate, admissions: admissions, encoder: encoder, proxies: limits.proxies, figures: figures,
                    answer),
                position: .after(state))
            return Value(connection: connection, admissions: admissions)
        }.flatMap { value in
            // A client that sends requests without end does not keep the event loop from the others.
            channel.setOption(.maxMessagesPerRead, value: 1).and(
                channel.setOption(
                    .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2_048, maximum: 16_384)
                )
            ).map { _ in value }
        }
    }

    package func handle(value: Value, logger: Logger) async {
        // Each request takes the decision about it along.
        let routed = HTTP1Channel(
            responder: { [respond = channel.responder] request, writer, channel in
                // A closure can consume a captured value that cannot be copied only out of an optional.
                var writer: ResponseWriter? = writer
                try await Admission.$current.withValue(value.admissions.next()) {
                    guard let writer = writer.take() else { return }
                    try await respond(request, writer, channel)
                }
            }, configuration: channel.configuration)
        await routed.handle(value: value.connection.take(), logger: logger)
    }
}

/// What a connection bears.
package struct ConnectionLimits: Sendable {
    /// A client that takes nothing for so long, while there is much for it, is cut.
    package var stall: Duration
    /// The longest body that is read, to be used or to be thrown away.
    package var bodyBytes: Int
    /// The head of a request is complete so long after its first byte.
    package var head: Duration = .seconds(10)
    /// The body of a request is complete so long after its head.
    package var body: Duration = .seconds(30)
    /// So long behind its last response a connection is read on, for a client that is still sending.
    package var lingering: Duration = .seconds(2)
    /// Only from here connections are taken; nil from anywhere.
    package var proxies: ProxyNetworks?

    /// The server's defaults.
    package init(stall: Duration = .seconds(30), bodyBytes: Int = .max, proxies: ProxyNetworks? = nil) {
        self.stall = stall
        self.bodyBytes = bodyBytes
        self.proxies = proxies
    }
}
