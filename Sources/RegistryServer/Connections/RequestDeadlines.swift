import NIOCore

/// Bounds how long the head of a request may take from its first byte on, and its body from the head on.
///
/// It sees the bytes before the parser does, and the code behind the parser tells it which part is complete. A request that
/// arrives whole costs no timer. Bytes of a request that come together with the end of the one before count from the next
/// read on.
final class RequestDeadlines: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let limits: [SlowRequest.Part: Duration]
    /// What is arriving; nil between requests.
    private var part: SlowRequest.Part?
    /// Counts the parts, so that a deadline belongs to one.
    private var parts = 0
    private var deadline = (part: 0, time: NIODeadline.distantFuture)
    private var isTimerSet = false
    private var context: ChannelHandlerContext?

    init(head: Duration, body: Duration) { limits = [.head: head, .body: body] }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A server ignores empty lines in front of a request (RFC 9112, section 2.2).
        if part == nil, !unwrapInboundIn(data).isOfLineEnds { begin(.head) }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if part != nil, deadline.part != parts { startAgain() }
        context.fireChannelReadComplete()
    }

    /// To be called when the parser has a request's head.
    func headArrived() { begin(.body) }

    /// To be called when the parser has a request's end.
    func requestArrived() { begin(nil) }

    /// Gives the part that is arriving the whole time once more.
    func startAgain() {
        guard let context, let limit = part.flatMap({ limits[$0] }) else { return }
        deadline = (parts, context.eventLoop.now + TimeAmount(limit))
        setTimer(context)
    }

    private func begin(_ part: SlowRequest.Part?) {
        self.part = part
        parts &+= 1
    }

    private func setTimer(_ context: ChannelHandlerContext) {
        guard !isTimerSet else { return }
        isTimerSet = true
        context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline.time) { [self] in
            isTimerSet = false
            check(context)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        guard context.channel.isActive, let part, let limit = limits[part], deadline.part == parts else { return }
        guard deadline.time <= context.eventLoop.now else { return setTimer(context) }
        context.fireErrorCaught(SlowRequest(part: part, limit: limit))
    }
}

extension ByteBuffer {
    fileprivate var isOfLineEnds: Bool {
        readableBytesView.allSatisfy { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
    }
}
