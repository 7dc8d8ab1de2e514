import NIOCore

/// Asks a proxy for a way to the registry (`CONNECT`; RFC 9110, section 9.3.6). For the handlers behind it the connection is
/// active when the proxy has agreed.
final class ProxyConnectHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let maximumHeadBytes = 16_384

    private let request: String
    private let limit: TimeAmount
    private var received = ByteBuffer()
    private var isOpen = false
    private var timer: Scheduled<Void>?

    /// - Parameter limit: how long the proxy may take to answer.
    init(to authority: String, through proxy: ProxyAddress, within limit: TimeAmount) {
        let credentials = proxy.authorization.map { "Proxy-Authorization: \($0)\r\n" } ?? ""
        request = "CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n\(credentials)\r\n"
        self.limit = limit
    }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.fail(ChannelError.connectTimeout(self.limit), context)
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOpen else { return context.fireChannelRead(data) }
        received.writeImmutableBuffer(unwrapInboundIn(data))
        guard let head = head() else {
            if received.readableBytes > Self.maximumHeadBytes {
                fail(ProxyRefusal(status: "no response of HTTP"), context)
            }
            return
        }
        let words = head.prefix { $0 != "\r\n" }.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].hasPrefix("HTTP/1.") else {
            return fail(ProxyRefusal(status: "no response of HTTP"), context)
        }
        guard words[1].hasPrefix("2") else { return fail(ProxyRefusal(status: String(words[1].prefix(100))), context) }
        isOpen = true
        timer?.cancel()
        context.fireChannelActive()
        if received.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(received))
            received.clear()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        if !isOpen { context.fireErrorCaught(ProxyRefusal(status: "the connection was ended")) }
        context.fireChannelInactive()
    }

    /// The response's head, taken out of what was received; nil when it has not come whole.
    private func head() -> String? {
        let bytes = received.readableBytesView
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        return received.readString(length: bytes.distance(from: bytes.startIndex, to: end.upperBound))
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }
}

/// A proxy did not open a way to the registry.
struct ProxyRefusal: Error {
    /// What it said, or what happened.
    let status: String
}
