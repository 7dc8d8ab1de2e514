import NIOCore
import NIOHTTP1

/// A response whose body comes piece by piece.
struct StreamAnswer: Sendable {
    let head: HTTPResponseHead
    /// The body; its connection.
    let channel: NIOAsyncChannel<ByteBuffer, Never>
}

/// A connection for one request; the body of the response is passed on as it comes.
final class StreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = ByteBuffer

    private var context: ChannelHandlerContext?
    /// Nil while no caller waits for the head.
    private var answer: EventLoopPromise<StreamAnswer>?

    func send(_ request: OutgoingRequest, answer: EventLoopPromise<StreamAnswer>) {
        guard let context, context.channel.isActive else {
            return answer.fail(TransportFailure.notSent("the connection was lost"))
        }
        self.answer = answer
        answer.futureResult.assumeIsolated().whenFailure { _ in
            self.answer = nil
            context.close(promise: nil)
        }
        request.write(to: context, promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context.channel)
        case .body(let bytes): context.fireChannelRead(wrapInboundOut(bytes))
        case .end: context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        fail(.interrupted("no response came in time"), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(TransportFailure(error), context) }

    func channelInactive(context: ChannelHandlerContext) {
        answer?.fail(TransportFailure.interrupted("the connection was lost"))
        context.fireChannelInactive()
    }

    /// The body of a response must be read or closed, so it is made only while a caller waits for it.
    private func begin(_ head: HTTPResponseHead, _ channel: any Channel) {
        answer.take()?.completeWith(
            Result { StreamAnswer(head: head, channel: try NIOAsyncChannel(wrappingChannelSynchronously: channel)) })
    }

    private func fail(_ failure: TransportFailure, _ context: ChannelHandlerContext) {
        answer?.fail(failure)
        context.fireErrorCaught(failure)
        context.close(promise: nil)
    }
}
