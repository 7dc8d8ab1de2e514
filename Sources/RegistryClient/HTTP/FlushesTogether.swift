import NIOCore

/// Lets what is flushed within one turn of the event loop go out at its end, with one system call: the HTTP client flushes
/// the head of a request and its body apart.
final class FlushesTogether: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var isDue = false

    func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute {
            self.isDue = false
            context.flush()
        }
    }
}
