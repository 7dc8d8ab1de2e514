import ArgumentParser
import ConfigRegistry
import ConfigStore
import Logging
import RE2Patterns
import RegistryServer
import ServiceLifecycle

/// Runs a registry.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run a registry.",
        usage: "configbus serve [<options>]",
        discussion: """
            Alone it keeps versions in a file and needs no other server. With --mongodb-uri and --amqp-uri any number of \
            registries share one database and one exchange.
            It prints 'listening on http://...' (https with --tls-cert) when it is ready. SIGTERM and SIGINT end it; what is \
            under way is finished. SIGHUP reads the files of certificates, issuers and identities again, which \
            happens every ten seconds anyway.
            A flag goes before its variable (CONFIGBUS_DATA_DIR for --data-dir), which goes before the file --config.
            """)

    @OptionGroup var options: ServeOptions

    func run() async throws {
        ProgramServices.ignoreHangups()
        let settings = try options.settings()
        let logger = try ProgramLog.logger(
            level: settings.logLevel, format: settings.logFormat, provider: RegistryServer.logMetadata)
        SecretURI.warn(unencrypted: settings.mongodbURI, .mongodb)
        SecretURI.warn(unencrypted: settings.amqpURI, .amqp)
        // A file that cannot be used is refused before anything is opened.
        let signer = try settings.signer()
        var serverOptions = try settings.serverOptions(logger: logger)
        serverOptions.foreignIdentities = try ForeignIdentityFiles.open(settings, logger: logger)
        try ListeningProbe.check(settings)
        let descriptors = DescriptorLimit.raise()
        let bus = try ServeBus(settings, logger: logger)
        let store = try await ServeStore.open(settings, logger: logger)
        do {
            let authentication = try await ServeAuthentication.start(settings, store, logger: logger)
            if settings.mongodbURI == nil { SigningKeyNote.write(settings, logger: logger) }
            let registry = Registry(
                store: store, bus: bus.bus, options: settings.registryOptions, signer: signer, patterns: RE2Patterns(),
                logger: logger)
            // As late as possible: what is open by now stays open.
            serverOptions.maximumConnections = min(
                RegistryServerOptions.mostConnections, descriptors.map(DescriptorLimit.connections) ?? .max)
            serverOptions.requiresCredentials = authentication.isRequired
            var watches: [any Service] =
                authentication.isRequired || settings.authentication != .off
                ? [] : [AuthenticationWatch(access: registry.access)]
            watches.append(RestoreWatch(registry: registry))
            try await serve(registry, settings, serverOptions, bus, watches, logger)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// Stops in reverse order: first the server, so that nothing new comes in, then the registry, which hands what it
    /// has to the bus, then the bus.
    private func serve(
        _ registry: Registry, _ settings: ServeSettings, _ serverOptions: RegistryServerOptions, _ bus: ServeBus,
        _ watches: [any Service], _ logger: Logger
    ) async throws {
        do {
            try await registry.start()
        } catch {
            throw CommandFailure.unreachable(error.detail)
        }
        // Not in the log alone, which may be set to say less.
        if let problem = registry.signing.problem { StandardStream.error.write("serve: \(problem)\n") }
        let manager = ServiceManager.fromEnvironment
        let server: any Service
        do {
            server = try RegistryServer.buildApplication(
                registry: registry, options: serverOptions, logger: logger
            ) { port in
                let place = "listening on \(settings.scheme)://\(settings.authority(port: port))"
                manager?.send(.ready(place))
                StandardStream.output.write(place + "\n")
            }
        } catch {
            throw CommandFailure.usage(error.description)
        }
        do {
            var services = bus.services + [registry] + watches
            if let metrics = settings.metricsAddress {
                services.append(Self.metricsServer(registry, metrics, serverOptions, logger))
            }
            services.append(server)
            let (tls, foreign) = (serverOptions.tls, serverOptions.foreignIdentities)
            if let tls { services.append(tls) }
            if let foreign { services.append(foreign) }
            let onHangup = { @Sendable () -> Void in
                tls?.reload()
                foreign?.reload()
            }
            try await ProgramServices.run(
                services, logger: logger, manager: manager, onHangup: tls == nil && foreign == nil ? nil : onHangup)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(listening: error, settings) ?? .unreachable("Cannot serve: \(error)")
        }
    }

    /// Metrics at an address of their own, for a scraper without a token.
    private static func metricsServer(
        _ registry: Registry, _ address: ListeningAddress, _ options: RegistryServerOptions, _ logger: Logger
    ) -> any Service {
        RegistryServer.buildMetricsApplication(
            registry: registry, host: address.host, port: address.port, options: options, logger: logger
        ) { port in
            let place = ListeningAddress(host: address.host, port: port)
            StandardStream.error.write("serve: metrics at http://\(place)/metrics\n")
        }
    }
}
