import NIOCore
import NIOHTTP1
import NIOPosix
import RegistryAPI

/// Opens connections to a registry.
struct RegistryConnector: Sendable {
    /// For the connection, and again for its encryption.
    static let timeout = TimeAmount.seconds(5)

    let url: RegistryURL
    /// What leads to the registry; nil for a direct connection.
    let proxy: ProxyAddress?
    /// What requests carry; nil for no token.
    let credentials: TokenSource?
    /// What encrypts; nil for a registry at `http://`.
    let encryption: (any ConnectionEncryption)?

    init(
        _ url: RegistryURL, proxy: ProxyAddress? = nil, credentials: TokenSource? = nil,
        tls: RegistryTLS? = nil
    ) throws(RegistryClientError) {
        self.url = url
        self.proxy = proxy
        self.credentials = credentials
        if url.isEncrypted {
            guard let tls else {
                throw RegistryClientError(
                    .invalidRequest,
                    "\(url.text) is encrypted, and nothing was named that encrypts: add the product RegistryClientTLS to the "
                        + "target, import it, and pass 'tls: RegistryTLS()'.")
            }
            encryption = try tls.makeEncryption(tls)
        } else {
            encryption = nil
        }
    }

    /// A request in the form that the connections take: through a proxy, one that is not encrypted names its server.
    func outgoing(_ request: RegistryRequest) -> OutgoingRequest {
        request.outgoing(to: url, credentials: credentials, through: url.isEncrypted ? nil : proxy)
    }

    /// Succeeds when the connection is made and, where it is encrypted, the registry has proved its name.
    ///
    /// - Parameter configure: adds what reads and writes HTTP messages; called for each address that is tried, of which
    ///   some may be connected to at the same time.
    func connect(
        on loop: any EventLoop, _ configure: @escaping @Sendable (ChannelPipeline.SynchronousOperations) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        credentials?.refresh()
        let encrypter: (any ConnectionEncrypter)?
        do throws(TLSFailure) {
            encrypter = try encryption?.current()
        } catch {
            return loop.makeFailedFuture(error)
        }
        return connect(on: loop, encrypter, configure)
    }

    private func connect(
        on loop: any EventLoop, _ encrypter: (any ConnectionEncrypter)?,
        _ configure: @escaping @Sendable (ChannelPipeline.SynchronousOperations) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        let connection = ClientBootstrap(group: loop)
            .connectTimeout(Self.timeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let proxy, url.isEncrypted {
                        try pipeline.addHandler(
                            ProxyConnectHandler(to: url.authorityWithPort, through: proxy, within: Self.timeout))
                    }
                    if let encrypter {
                        try encrypter.addHandlers(to: pipeline, serverName: url.serverName)
                        try pipeline.addHandler(HandshakeHandler(on: channel.eventLoop, within: Self.timeout))
                    }
                    try pipeline.addHTTPClientHandlers()
                    try configure(pipeline)
                }
            }
            .connect(host: proxy?.host ?? url.host, port: proxy?.port ?? url.port)
        guard encrypter != nil else { return connection }
        return connection.flatMap { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.handler(type: HandshakeHandler.self).isDone
            }.flatMap { $0 }.map { channel }
        }
    }
}
