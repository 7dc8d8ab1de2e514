import ConfigAccess
import NIOCore
import NIOSSL
import NIOTLS

/// What is particular to a connection with TLS: its handshake takes a bounded time, and the certificate of its client is known
/// to the other handlers.
final class EncryptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let handshakeLimit = TimeAmount.seconds(5)
    /// How often it is looked whether the CA that signed the client's certificate is still the one that counts.
    private static let checkPeriod = TimeAmount.seconds(20)

    /// Nil when the client showed no certificate, and until the handshake is done.
    private(set) var peer: ClientCertificate?
    private let encryption: NIOSSLServerHandler
    private let tls: ServerTLS
    private let clients: ClientAuthority?
    private var timer: Scheduled<Void>?
    private var check: Scheduled<Void>?

    init(_ encryption: NIOSSLServerHandler, tls: ServerTLS, clients: ClientAuthority?) {
        self.encryption = encryption
        self.tls = tls
        self.clients = clients
    }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.handshakeLimit) { Self.cut(context) }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        check?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { established(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A client that leaves without a farewell of TLS: where a message of HTTP ends is known without it.
        if case NIOSSLError.uncleanShutdown = error { return }
        context.fireErrorCaught(error)
    }

    private func established(_ context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        try? context.pipeline.syncOperations.handler(type: ConnectionGuard.self).endHandshake()
        guard let certificate = encryption.peerCertificate else { return }
        guard let clients, let peer = try? ClientCertificate(certificate) else { return Self.cut(context) }
        self.peer = peer
        checkLater(clients, context)
    }

    /// Ends a connection that was let in by a CA that counts no more.
    private func checkLater(_ clients: ClientAuthority, _ context: ChannelHandlerContext) {
        check = context.eventLoop.assumeIsolated().scheduleTask(in: Self.checkPeriod) { [self] in
            if tls.present.clients == clients { checkLater(clients, context) } else { Self.cut(context) }
        }
    }

    /// At once, and not with a farewell that the client would have to answer.
    private static func cut(_ context: ChannelHandlerContext) {
        let outermost = try? context.pipeline.syncOperations.context(handlerType: ConnectionGuard.self)
        (outermost ?? context).close(promise: nil)
    }
}
