import ArgumentParser
import ConfigModel

/// The `--environment` flag.
struct EnvironmentOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The environment. [CONFIGBUS_ENVIRONMENT] (default: default)")
    var environment: String?

    var name: String { environment ?? EnvironmentVariable.environment.value ?? DocumentKey.defaultEnvironment }
}

/// One document: a service and its environment.
struct DocumentOptions: ParsableArguments {
    @Argument(help: "The service, for example parsing or tenants.acme.monitors.")
    var service: String

    @OptionGroup var environment: EnvironmentOptions

    func key() throws -> DocumentKey { try DocumentKey(service: service, environment: environment.name) }
}
