import NIOCore
import NIOSSL
import NIOTLS
import RegistryClient

/// Says in words what the library reports: stands behind what encrypts, so that nothing else has to know its errors.
final class TLSErrorHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let client: NIOSSLClientHandler
    private var isHandshakeDone = false

    init(_ client: NIOSSLClientHandler) { self.client = client }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { isHandshakeDone = true }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let refusal = TLSFailure(refusalIn: error) {
            context.fireErrorCaught(refusal)
        } else if !isHandshakeDone, error is NIOSSLError || error is NIOSSLExtraError {
            context.fireErrorCaught(TLSFailure(error, peer: client.peerCertificate))
        } else {
            context.fireErrorCaught(error)
        }
    }
}
