import NIOCore
import NIOHTTP1

/// One connection, which makes one call after the other.
final class CallConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    /// Where it goes when it is free.
    weak var pool: ConnectionPool?
    /// By the clock of its event loop.
    private(set) var idleSince = NIODeadline.distantPast
    private var context: ChannelHandlerContext?
    private var pending: PendingResponse?

    /// Whether a call can be made.
    var isOpen: Bool { context?.channel.isActive ?? false }

    func make(_ call: Call) {
        guard let context, isOpen else { return call.fail(.notSent("the connection was lost")) }
        pending = PendingResponse(call)
        call.stage = .underWay
        // What still comes for a call that was given up would be taken for the response to the next.
        call.whenOver { if self.pending?.call === call { self.close() } }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess {
            if self.pending?.call === call { self.pending?.isSent = true }
        }
        call.request.write(to: context, promise: sent)
    }

    /// Begins to be idle.
    func rest(since now: NIODeadline) { idleSince = now }

    func close() { context?.close(promise: nil) }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            if let response = try pending?.take(unwrapInboundIn(data)) { finish(response) }
        } catch {
            fail(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { fail(.interrupted("the connection was lost")) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(TransportFailure(error)) }

    private func finish(_ response: RegistryResponse) {
        let ended = pending.take()
        if let pool, ended?.leavesConnectionFree ?? false {
            pool.put(self)
        } else {
            close()
        }
        ended?.call.succeed(response)
    }

    private func fail(_ failure: TransportFailure) {
        let ended = pending.take()
        close()
        ended?.call.fail(failure)
    }
}
