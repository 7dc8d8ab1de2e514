package import ConfigRegistry
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The registry over HTTP.
package enum RegistryServer {
    /// Puts the server together: a service that listens until graceful shutdown and then finishes what is under way.
    ///
    /// - Parameter onListening: called with the port when connections are accepted.
    /// - Throws: `UnsafeAddress` when the server would be reachable from other machines.
    package static func buildApplication(
        registry: Registry, options: RegistryServerOptions = RegistryServerOptions(), logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws(UnsafeAddress) -> some ApplicationProtocol {
        try requireSafe(
            options.host, requiresCredentials: options.requiresCredentials,
            isEncrypted: options.tls != nil || options.proxies != nil)
        return buildApplication(
            registry: registry,
            gate: LimitedGate(
                CredentialGate(
                    registry.access, foreign: options.foreignIdentities, isAlwaysRequired: options.requiresCredentials,
                    scheme: options.scheme, authentications: AuthenticationCounts(registry.metrics)),
                RequestLimits(options.limits, refusals: RateLimitCounts(registry.metrics))), options: options,
            logger: logger, onListening: onListening)
    }

    /// The same behind a gate of the caller's.
    static func buildApplication(
        registry: Registry, gate: any RequestGate, options: RegistryServerOptions, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let metrics = ServerMetrics(registry.metrics)
        let work = ContentWork(elements: options.maximumWork)
        let open = OpenRequests(gate: gate)
        let heads = HeadRoutes(registry: registry, work: work, gate: gate, open: open)
        let answer: CachedHeadChannel.Answer
        if options.logsRequests { answer = { _, _ in nil } } else { answer = heads.answerFromMemory }
        let log = RequestLog(logger, logsAll: options.logsRequests)
        return Application(
            router: buildRouter(
                registry: registry, gate: gate, heads: heads, open: open, work: work, metrics: metrics,
                log: log, options: options),
            server: HTTPServerBuilder { responder in
                let channel = CachedHeadChannel(
                    HTTP1Channel(responder: responder, configuration: connections(options)),
                    limits: options.connectionLimits,
                    gate: gate, metrics: metrics, answer)
                guard let tls = options.tls else { return channel }
                return EncryptedChannel(channel, tls: tls)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: options.maximumConnections.map {
                    ConnectionLimit(maximum: $0, logger: logger)
                }),
            services: [open],
            onServerRunning: { channel in
                do {
                    try await pauseWithoutDescriptors(channel, logger)
                } catch {
                    // The channel was closed before it began.
                    logger.debug("the server does not listen any more", metadata: ["error": "\(error)"])
                }
                await onListening(channel.localAddress?.port ?? options.port)
            },
            logger: logger)
    }

    /// True for an address that only this machine can reach.
    package static func isLoopback(_ host: String) -> Bool { LoopbackAddress.contains(host) }

    /// Refuses an address at which other machines could reach a server without authentication, or read what is sent.
    ///
    /// - Parameter isEncrypted: TLS ends at the server or at a proxy in front of it.
    package static func requireSafe(
        _ host: String, requiresCredentials: Bool, isEncrypted: Bool
    ) throws(UnsafeAddress) {
        guard !isLoopback(host) else { return }
        guard requiresCredentials else { throw UnsafeAddress(host: host, lacks: .authentication) }
        guard isEncrypted else { throw UnsafeAddress(host: host, lacks: .encryption) }
    }

    /// In front of everything that would keep an error from it.
    private static func pauseWithoutDescriptors(_ channel: any Channel, _ logger: Logger) async throws {
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(AcceptPause(logger: logger), position: .first)
        }.get()
    }

    static func connections(_ options: RegistryServerOptions) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            idleTimeout: TimeAmount(options.idleTimeout),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: options.maximumHeaderBytes, maxHeaderListSize: options.maximumHeaderBytes,
                maxHeaderFieldCount: 128))
    }

    private static func buildRouter(
        registry: Registry, gate: any RequestGate, heads: HeadRoutes, open: OpenRequests, work: ContentWork,
        metrics: ServerMetrics, log: RequestLog, options: RegistryServerOptions
    ) -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        let translator = ProblemTranslator(registry: registry)
        router.addMiddleware {
            RequestMeter(metrics: metrics)
            RequestLogging(log: log)
            RequestTracing(tracing: registry.tracing)
            ProblemMiddleware(translator: translator)
            GateMiddleware(gate: gate, refusals: registry.refusals)
            ExpectationMiddleware(translator: translator, options: options)
            TargetMiddleware()
            BodyBudgetMiddleware(budget: BodyBudget(bytes: options.bodyBudget))
        }
        routes(
            on: router, registry: registry, gate: gate, heads: heads, open: open, work: work, metrics: metrics,
            options: options
        ).refuseOtherMethods()
        return router
    }

    /// Everything that the server answers to.
    static func routes(
        on router: Router<ServerContext>, registry: Registry, gate: any RequestGate, heads: HeadRoutes,
        open: OpenRequests, work: ContentWork, metrics: ServerMetrics? = nil, options: RegistryServerOptions
    ) -> RouteTable {
        var routes = RouteTable(router, gate: gate, refusals: registry.refusals)
        heads.add(to: &routes)
        let writes = WriteRoutes(
            registry: registry, translator: ProblemTranslator(registry: registry), options: options, work: work)
        writes.add(to: &routes)
        ChangeSetRoutes(registry: registry, writes: writes, options: options).add(to: &routes)
        BatchRoutes(registry: registry, options: options).add(to: &routes)
        HistoryRoutes(registry: registry, work: work).add(to: &routes)
        SchemaRoutes(registry: registry, options: options).add(to: &routes)
        ListRoutes(registry: registry).add(to: &routes)
        WatchRoutes(registry: registry, options: options, open: open, cuts: metrics?.cuts).add(to: &routes)
        AuditRoutes(registry: registry).add(to: &routes)
        AnchorRoutes(registry: registry, keys: options.auditKeys).add(to: &routes)
        TokenRoutes(administration: registry.administration).add(to: &routes)
        DenialRoutes(administration: registry.administration).add(to: &routes)
        AccessRoutes(administration: registry.administration).add(to: &routes)
        BackupRoutes(registry: registry, open: open).add(to: &routes)
        KeyRoutes(registry: registry).add(to: &routes)
        DescriptionRoutes().add(to: &routes)
        StatusRoutes(registry: registry, version: options.version, tls: options.tls, plaintext: options.plaintext).add(
            to: &routes)
        return routes
    }
}

/// An address that other machines can reach, without what protects a server there.
package struct UnsafeAddress: Error, Equatable, CustomStringConvertible {
    /// What protects a server that other machines can reach.
    package enum Protection: Sendable, Equatable {
        /// Callers need a credential.
        case authentication
        /// What is sent cannot be read on the way.
        case encryption
    }

    /// The address that was given.
    package let host: String
    /// What is missing.
    package let lacks: Protection

    package var description: String {
        switch lacks {
        case .authentication:
            "Without authentication the registry listens on this machine only: use --host 127.0.0.1 instead of '\(host)', or "
                + "--auth required with TLS."
        case .encryption:
            "With --host '\(host)' tokens could be read on their way: serve HTTPS with --tls-cert and --tls-key, or name the proxy that "
                + "does with --behind-tls-proxy NETWORK."
        }
    }
}
