import ConfigModel
import ConfigWatcher
import Logging
import RegistryClient
import RegistryClientTLS
import RegistrySource
import ServiceLifecycle

/// The parts of a running agent.
struct Agent {
    private let settings: AgentSettings
    private let config: String
    private let output: OutputOptions
    private let logger: Logger

    init(_ settings: AgentSettings, config: String, output: OutputOptions, logger: Logger) {
        self.settings = settings
        self.config = config
        self.output = output
        self.logger = logger
    }

    func run() async throws {
        let fixed = settings.fixed
        // Held until the process ends.
        let folder = try AgentFolder(fixed.cache)
        defer { withExtendedLifetime(folder) {} }
        if let status = fixed.status { try check(status) }
        let client = try fixed.registry.client()
        let options = try options()
        let commands = CommandGroups(program: "agent")
        let group = WatcherGroup(
            source: RegistrySource(client, events: try events()), cache: .directory(fixed.cache), options: options,
            logger: logger)
        let readiness = AgentReadiness(ServiceManager.fromEnvironment)
        let documents = AgentDocuments(
            group: group, options: options, cache: fixed.cache, commands, readiness)
        let (news, continuation) = AsyncStream.makeStream(
            of: WatchNews.self, bufferingPolicy: .bufferingNewest(4_096))
        let (conditions, said) = AsyncStream.makeStream(of: WatchCondition.self)
        group.observe { outcome in
            documents.note(outcome)
            readiness.settle(.document(outcome.key))
            continuation.yield(.outcome(outcome))
        }
        group.observeConditions { condition in
            documents.note(condition)
            readiness.settle(condition)
            said.yield(condition)
        }
        try await documents.follow(settings.documents)
        AgentNotice.say("follows \(Count.text(settings.documents.count, "document")).")
        let report = WatchReport(news: news, continuation: continuation, output: output, once: nil)
        let notices = WatchNotices(
            program: "agent", conditions: conditions, news: continuation, client: client, isOnce: false)
        let reloads = AgentReloads(config: config, fixed: fixed, documents: documents)
        // Stopped in reverse order: commands first, then what removes files, then the group, which ends the news that the
        // report waits for.
        var services: [any Service] = [
            report, notices, WatchedGroup(group: group, news: continuation), AgentRemovals(documents: documents),
            CommandStop(groups: commands), readiness, reloads,
        ]
        if let status = fixed.status {
            services.append(
                AgentStatusServer.build(documents, at: status, logger: logger) { place in
                    AgentNotice.say("status at http://\(place)/status")
                })
        }
        do {
            try await ProgramServices.run(
                services, logger: logger, manager: readiness.manager, onHangup: reloads.request, atOnce: commands.kill)
        } catch {
            await commands.end()
            if let failure = error as? OutputFailure { StandardStream.output.fail(failure.error) }
            throw error
        }
        await commands.end()
    }

    private func check(_ status: ListeningAddress) throws {
        do {
            try ListeningProbe.check(status) { "status: '\($0)' is no address of this machine: use 127.0.0.1:9101." }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure.unreachable(
                "Cannot listen at \(status): \(error). Choose another address with 'status' in \(config).")
        }
    }

    private func options() throws -> WatcherOptions {
        var options = WatcherOptions()
        if let keys = settings.fixed.trustedKeys {
            options.trustedKeys = try PublicKeyFile.read(keys, flag: "trusted_keys", of: .registry)
        }
        return options
    }

    private func events() throws -> EventSource {
        guard let broker = settings.fixed.broker else { return .serverSentEvents }
        let uri = try SecretURI.resolve(nil, file: broker.uriFile, .amqp)
        SecretURI.warn(unencrypted: uri, .amqp)
        let address = uri.map { BusAddress(uri: $0, file: broker.uriFile) }
        let bus = try BusArgument.bus(address, exchange: broker.exchange, name: "configbus agent", logger: logger)
        guard let bus else { return .serverSentEvents }
        return .bus(bus, exchange: broker.exchange, publishers: broker.publishers.map { Set($0) })
    }
}

extension AgentSettings.Registry {
    /// A client of it.
    func client() throws -> RegistryClient {
        for file in [tokenFile, clientKey] { SecretFile.warn(file) }
        return try RegistryClient(
            urls: urls, credentials: tokenFile.map { .tokenFile($0) } ?? .none,
            tls: RegistryTLS(caFile: caFile, clientCertificateFile: clientCertificate, clientKeyFile: clientKey),
            allowsPlaintext: allowsPlaintext)
    }
}

extension AgentReadiness {
    /// Something that a document waits for is known.
    fileprivate func settle(_ condition: WatchCondition) {
        switch condition {
        case .missing(let key), .unanswered(let key, _), .refused(let key, _): settle(.document(key))
        case .registryAway: settle(nil as AgentDocument.Subject?)
        case .granted, .registryBack, .sourceAway, .sourceBack, .unannounced: break
        }
    }
}
