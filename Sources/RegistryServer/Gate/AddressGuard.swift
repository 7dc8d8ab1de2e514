import ConfigAccess
import Logging
import NIOCore

/// Closes a connection of an address that has too many without an identity, before a byte of it is read.
final class AddressGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Nil when the connection does not count.
    private(set) var connection: UnidentifiedConnection?
    private let gate: any RequestGate
    private let connections: UnidentifiedConnections
    private let logger: Logger

    init(_ connections: UnidentifiedConnections, gate: any RequestGate, logger: Logger) {
        self.connections = connections
        self.gate = gate
        self.logger = logger
    }

    func channelActive(context: ChannelHandlerContext) {
        // While there is no authentication nothing is limited.
        if gate.standing(of: .loopback) != .valid {
            connection = connections.open(from: context.remoteAddress?.ipAddress, logger)
            guard connection != nil else { return context.close(promise: nil) }
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection?.end()
        context.fireChannelInactive()
    }
}
