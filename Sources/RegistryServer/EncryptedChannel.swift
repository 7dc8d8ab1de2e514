import HummingbirdCore
package import Logging
package import NIOCore
import NIOSSL

/// HTTP/1.1 over TLS: each new connection takes the certificate that the server has at that moment.
///
/// Everything that is written passes the handler that encrypts, because it is the outermost but for the connection's guard.
package struct EncryptedChannel: ServerChildChannel {
    /// A connection.
    package typealias Value = CachedHeadChannel.Value

    private let http: CachedHeadChannel
    private let tls: ServerTLS

    /// Puts the channel together.
    package init(_ http: CachedHeadChannel, tls: ServerTLS) {
        self.http = http
        self.tls = tls
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let (context, clients) = tls.present
            let encryption = NIOSSLServerHandler(context: context)
            try pipeline.addHandlers(encryption, EncryptedConnection(encryption, tls: tls, clients: clients))
        }.flatMap {
            http.setup(channel: channel, logger: logger)
        }.flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let connection = try pipeline.context(handlerType: EncryptedConnection.self)
            try pipeline.handler(type: ConnectionGuard.self).beginHandshake(connection)
            try pipeline.addHandler(PlaintextRefusal(lingering: http.lingering), position: .first)
            return value
        }
    }

    package func handle(value: Value, logger: Logger) async { await http.handle(value: value, logger: logger) }
}
