import ConfigWatcher
import Configuration
import FileSource
import Logging
import RegistryConfiguration
import RegistrySource
import ServiceLifecycle

/// What the articles of RegistryConfiguration show.
enum Providers {
    struct Pool: Sendable {
        func reconfigure(_ document: ConfigDocument) async throws {}
    }

    static func reader() async throws -> ConfigReader {
        let config = ConfigReader(providers: [
            EnvironmentVariablesProvider(),
            try await RegistryConfigProvider(key: "parsing/prod", source: .registry("http://127.0.0.1:8000")),
        ])
        return config
    }

    static func follow(_ server: some Service, _ logger: Logger) async throws {
        let registry = try await RegistryConfigProvider(key: "parsing/prod", source: .registry("http://127.0.0.1:8000"))
        let config = ConfigReader(providers: [EnvironmentVariablesProvider(), registry])
        let port = config.int(forKey: "http.port", default: 8080)
        logger.info("listening", metadata: ["port": "\(port)"])
        try await config.watchInt(forKey: "limits.requests", default: 100) { limits in
            for await limit in limits {
                logger.info("limit", metadata: ["requests": "\(limit)"])
            }
        }
        let services = ServiceGroup(services: [registry, server], gracefulShutdownSignals: [.sigterm], logger: logger)
        try await services.run()
    }

    static func check(_ pool: Pool) async throws -> RegistryConfigProvider {
        let checked = try await RegistryConfigProvider(
            key: "parsing/prod", source: .registry("http://127.0.0.1:8000")
        ) { watcher in
            watcher.onReload("pool") { old, new in try await pool.reconfigure(new) }
        }
        return checked
    }

    static func expire() async throws -> RegistryConfigProvider {
        let provider = try await RegistryConfigProvider(
            key: "parsing/prod", source: .registry("http://127.0.0.1:8000"), mode: .ttl(.seconds(60)))
        return provider
    }

    static func test() async throws -> ConfigReader {
        let provider = try await RegistryConfigProvider(key: "parsing/test", source: .file("Tests/parsing.json"))
        let config = ConfigReader(provider: provider)
        return config
    }
}
