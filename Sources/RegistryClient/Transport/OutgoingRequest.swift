import NIOCore
import NIOHTTP1

/// A request in the form in which it is sent.
struct OutgoingRequest: Sendable {
    let head: HTTPRequestHead
    let body: [UInt8]?
    /// What says who sends it; nil for nothing.
    var credentials: TokenSource?

    /// Sends it as a whole, which takes one system call when it is small.
    func write(to context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        var head = head
        // As late as this, because a new connection reads the token anew.
        if let token = credentials?.token { head.headers.add(name: "Authorization", value: "Bearer \(token)") }
        context.write(NIOAny(HTTPClientRequestPart.head(head)), promise: nil)
        if let body {
            context.write(NIOAny(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        }
        context.writeAndFlush(NIOAny(HTTPClientRequestPart.end(nil)), promise: promise)
    }
}
