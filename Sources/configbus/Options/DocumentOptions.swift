import ArgumentParser
import ConfigModel

/// The `--environment` flag.
struct EnvironmentOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The environment. [CONFIGBUS_ENVIRONMENT] (default: default)")
    var environment: String?

    var name: String { environment ?? Self.implied }

    /// The environment that is meant where the flag names none.
    static var implied: String { EnvironmentVariable.environment.value ?? DocumentKey.defaultEnvironment }

    /// The document of a service in this environment.
    func key(of service: String) throws -> DocumentKey { try Self.key(of: service, in: name) }

    /// The document of a service in an environment. `service/environment`, which is how programs and outputs name it, is
    /// refused with what to write here: beside the flag it could mean another environment.
    static func key(of service: String, in environment: String) throws -> DocumentKey {
        if service.contains("/"), let key = try? DocumentKey(parsing: service) {
            throw CommandFailure.usage(
                "'\(key)' is a service with its environment; here write: \(key.service) --environment \(key.environment)"
            )
        }
        return try DocumentKey(service: service, environment: environment)
    }
}

/// One document: a service and its environment.
struct DocumentOptions: ParsableArguments {
    @Argument(help: "The service, for example parsing or tenants.acme.monitors.")
    var service: String

    @OptionGroup var environment: EnvironmentOptions

    func key() throws -> DocumentKey { try environment.key(of: service) }
}
