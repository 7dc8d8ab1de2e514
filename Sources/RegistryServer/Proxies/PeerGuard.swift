import NIOCore

/// Closes a connection that comes from no proxy, before a byte of it is read.
final class PeerGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let proxies: ProxyNetworks

    init(_ proxies: ProxyNetworks) { self.proxies = proxies }

    func channelActive(context: ChannelHandlerContext) {
        // A connection that is gone already has no address.
        guard let address = context.remoteAddress?.ipAddress, proxies.contains(address) else {
            return context.close(promise: nil)
        }
        context.fireChannelActive()
    }
}
