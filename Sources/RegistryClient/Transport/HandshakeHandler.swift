import NIOCore
import NIOTLS

/// Reports how the handshake of an encrypted connection went, and ends a connection whose handshake does not end.
final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let limit: TimeAmount
    private let promise: EventLoopPromise<Void>
    private var timer: Scheduled<Void>?

    init(on loop: any EventLoop, within limit: TimeAmount) {
        self.limit = limit
        promise = loop.makePromise()
    }

    /// Succeeds when the other side has proved its name.
    var isDone: EventLoopFuture<Void> { promise.futureResult }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.fail(ChannelError.connectTimeout(self.limit), context)
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            timer?.cancel()
            promise.succeed()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.fireErrorCaught(error)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        promise.fail(ChannelError.eof)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
