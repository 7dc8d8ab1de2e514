import Configuration
import Logging
import RegistryConfiguration
import RegistrySource
import ServiceLifecycle

/// A service that reads its configuration with swift-configuration, and gets each change.
///
///     CONFIGBUS_URL=http://127.0.0.1:8000 swift run Greeter
///     echo '{"greeting": "hello", "interval": 5}' | configbus publish greeter - --environment prod
@main
struct App {
    static func main() async throws {
        let logger = Logger(label: "greeter")
        let environment = EnvironmentVariablesProvider()
        let url = ConfigReader(provider: environment).string(
            forKey: "configbus.url", default: "http://127.0.0.1:8000")
        let registry = try await RegistryConfigProvider(key: "greeter/prod", source: .registry(url))
        // What the environment says wins: GREETING=hi
        let config = ConfigReader(providers: [environment, registry])

        let greeter = Greeter(config: config, logger: logger)
        let services = ServiceGroup(
            services: [registry, greeter], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await services.run()
    }
}

struct Greeter: Service {
    let config: ConfigReader
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await config.watchString(forKey: "greeting", default: "good morning") { greetings in
                for await greeting in greetings {
                    // Any other value is what runs at this moment.
                    let interval = config.int(forKey: "interval", default: 10)
                    logger.info("greeting", metadata: ["text": "\(greeting)", "interval": "\(interval)"])
                }
            }
        }
    }
}
