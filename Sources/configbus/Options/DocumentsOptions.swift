import ArgumentParser
import ConfigModel

/// A service and the environments whose documents are changed.
struct DocumentsOptions: ParsableArguments {
    @Argument(help: "The service, for example parsing or tenants.acme.monitors.")
    var service: String

    @Option(
        name: [.short, .long],
        help: "The environment; several are changed together, all or none. [CONFIGBUS_ENVIRONMENT] (default: default)")
    var environment: [String] = []

    /// Each document once, in the order in which their environments are named.
    func keys() throws -> [DocumentKey] {
        let names = environment.isEmpty ? [EnvironmentOptions.implied] : environment
        let keys = try names.map { try EnvironmentOptions.key(of: service, in: $0) }
        var seen: Set<DocumentKey> = []
        if let twice = keys.first(where: { !seen.insert($0).inserted }) {
            throw CommandFailure.usage("--environment names '\(twice.environment)' twice.")
        }
        return keys
    }

    /// Refuses an option that is about one document when several are named.
    ///
    /// - Parameter flag: the option, when it was given.
    func refuse(_ flag: String?) throws {
        guard let flag, environment.count > 1 else { return }
        throw ValidationError("\(flag) is about one document; name one --environment.")
    }
}
