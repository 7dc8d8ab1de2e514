import NIOCore
import RegistryAPI

/// Answers a client that sends HTTP where TLS is spoken, so that it learns what is wrong: TLS has no words that it would
/// understand, and the end of the connection says nothing.
final class PlaintextRefusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the client speaks.
    private enum Speech {
        case unknown, tls, http
    }

    private static let problem = Problem(.tlsNeeded, "This port speaks TLS: begin the address with https://.")

    private let lingering: TimeAmount
    private var spoken = Speech.unknown

    /// - Parameter lingering: for how long the connection is read on behind the response, for a client that is still sending.
    init(lingering: TimeAmount) { self.lingering = lingering }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if spoken == .unknown {
            let bytes = unwrapInboundIn(data).readableBytesView
            // A method begins with a letter, a record of TLS with a smaller number (RFC 8446, section 5.1).
            spoken = bytes.first.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") } == true ? .http : .tls
            if spoken == .http { answer(isHead: bytes.starts(with: "HEAD ".utf8), context) }
        }
        if spoken == .tls { context.fireChannelRead(data) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if spoken == .http { context.read() } else { context.fireChannelReadComplete() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if spoken == .http, case ChannelEvent.inputClosed? = event as? ChannelEvent {
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func answer(isHead: Bool, _ context: ChannelHandlerContext) {
        let body = Self.problem.jsonBytes
        var response = context.channel.allocator.buffer(capacity: 512)
        response.writeString(
            """
            HTTP/1.1 \(Self.problem.status) Bad Request\r\nContent-Type: \(Problem.mediaType)\r\nContent-Length: \(body.count)\r\n\
            Cache-Control: no-store\r\nConnection: close\r\n\r\n
            """)
        if !isHead { response.writeBytes(body) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { _ in context.close(mode: .output, promise: nil) }
        context.writeAndFlush(wrapOutboundOut(response), promise: promise)
        context.eventLoop.assumeIsolated().scheduleTask(in: lingering) { context.close(promise: nil) }
    }
}
