import ConfigWatcher
import Logging
import RegistrySource
import ServiceLifecycle

struct ParsingConfig: Decodable, Sendable {
    var dbHost: String
    var maxConnections: Int
}

/// What the article with this name shows.
enum GettingStarted {
    static func make() throws -> ConfigWatcher<ParsingConfig> {
        let watcher = try ConfigWatcher<ParsingConfig>(
            key: "parsing/prod", source: .registry("http://127.0.0.1:8000"), cache: .directory("/var/cache/parsing"))
        watcher.validate("limits") { config in
            config.maxConnections > 0 ? .valid : .invalid("max_connections must be more than 0")
        }
        return watcher
    }

    static func run(_ watcher: ConfigWatcher<ParsingConfig>, _ server: some Service, _ logger: Logger) async throws {
        let services = ServiceGroup(services: [watcher, server], gracefulShutdownSignals: [.sigterm], logger: logger)
        try await services.run()
    }

    static func read(_ watcher: ConfigWatcher<ParsingConfig>, _ logger: Logger) async throws {
        if let config = watcher.current.value {
            logger.info("connecting", metadata: ["host": "\(config.dbHost)"])
        }
        let first = try await watcher.ready(within: .seconds(30))
        logger.info("configured", metadata: ["version": "\(first.version)"])
    }

    static func report(_ watcher: ConfigWatcher<ParsingConfig>, _ logger: Logger) async {
        for await outcome in watcher.outcomes where outcome.kind == .rejected {
            logger.warning("refused", metadata: ["version": "\(outcome.version)", "reason": "\(outcome.reason ?? "")"])
        }
    }
}

/// The shortest of all, on the first page.
enum Overview {
    struct Pool: Sendable {
        func reconfigure(_ config: ParsingConfig) async throws {}
    }

    static func run(_ pool: Pool) async throws {
        let watcher = try ConfigWatcher<ParsingConfig>(key: "parsing/prod", source: .registry("http://127.0.0.1:8000"))
        watcher.onReload("pool") { old, new in try await pool.reconfigure(new) }
        try await watcher.run()
    }
}
