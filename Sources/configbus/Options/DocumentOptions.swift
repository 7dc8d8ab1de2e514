import ArgumentParser
import ConfigModel

/// The `--environment` flag.
struct EnvironmentOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The environment. [CONFIGBUS_ENVIRONMENT] (default: default)")
    var environment: String?

    var name: String { environment ?? EnvironmentVariable.environment.value ?? DocumentKey.defaultEnvironment }

    /// The document of a service in this environment. `service/environment`, which is how programs and outputs name it, is
    /// refused with what to write here: beside the flag it could mean another environment.
    func key(of service: String) throws -> DocumentKey {
        if service.contains("/"), let key = try? DocumentKey(parsing: service) {
            throw CommandFailure.usage(
                "'\(key)' is a service with its environment; here write: \(key.service) --environment \(key.environment)"
            )
        }
        return try DocumentKey(service: service, environment: name)
    }
}

/// One document: a service and its environment.
struct DocumentOptions: ParsableArguments {
    @Argument(help: "The service, for example parsing or tenants.acme.monitors.")
    var service: String

    @OptionGroup var environment: EnvironmentOptions

    func key() throws -> DocumentKey { try environment.key(of: service) }
}
