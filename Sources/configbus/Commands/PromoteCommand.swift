import ArgumentParser
import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Publishes what one environment has in another one.
struct PromoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Publish what one environment has in another one.",
        usage: "configbus promote <service> ... --from <name> --to <name> [<options>]",
        discussion: """
            configbus promote parsing --from staging --to prod
            configbus promote parsing billing --from staging --to prod
            configbus promote --prefix tenants.acme --from staging --to prod --dry-run

            Several documents are one change set: all of them, or none. What is equal already is left out. What only the \
            target has stays as it is.
            """)

    @Argument(
        help: ArgumentHelp("The services, for example parsing or tenants.acme.monitors.", valueName: "service"))
    var services: [String] = []
    @Option(help: ArgumentHelp("The environment that has what is wanted.", valueName: "name")) var from: String
    @Option(help: ArgumentHelp("The environment that gets it.", valueName: "name")) var to: String
    @Option(help: "Every service at this name and below it: tenants.acme and tenants.acme.monitors.")
    var prefix: String?
    @Option(help: "This version of the one service instead of the newest.") var fromVersion: Int64?
    @Flag(help: "Show what would be done, and do nothing.") var dryRun = false
    @OptionGroup var reason: ChangeReasonOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try VersionArgument.check(fromVersion, "--from-version")
        guard !services.isEmpty || prefix != nil else {
            throw ValidationError("Name the services, or --prefix for all below a name.")
        }
        guard from != to else { throw ValidationError("--from and --to are the same environment.") }
        guard fromVersion == nil || services.count == 1 && prefix == nil else {
            throw ValidationError("--from-version is about one document; name one service.")
        }
    }

    func run() async throws {
        let sources = try services.map { try EnvironmentOptions.key(of: $0, in: from) }
        _ = try DocumentKey(service: "any", environment: to)
        let client = try connection.client()
        let promotion = EnvironmentPromotion(
            sources: try await sources + found(client).filter { !sources.contains($0) }, target: to,
            version: fromVersion)
        try ChangeSetLimit.check(repeated: promotion.sources)
        guard !dryRun else {
            return try await DryRun(plan: promotion.plan(client), options: reason.options()).conclude(client, output)
        }
        try await WriteRole.needing(.publisher) { try await promotion.make(reason, client) }.print(output)
    }

    /// The documents below the prefix.
    private func found(_ client: RegistryClient) async throws -> [DocumentKey] {
        guard let prefix else { return [] }
        var query = ListRequest(prefix: prefix, environment: from, limit: 500)
        var keys: [DocumentKey] = []
        repeat {
            let page = try await client.headSummaries(query)
            keys += page.elements.map(\.key)
            query.cursor = page.next
        } while query.cursor != nil
        guard !keys.isEmpty else {
            throw CommandFailure.refused("There is no document at or below '\(prefix)' in the environment \(from).")
        }
        return keys
    }
}
