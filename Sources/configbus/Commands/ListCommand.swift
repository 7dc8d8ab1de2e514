import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Lists documents.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List documents with their newest versions.",
        usage: "configbus list [<prefix>] [<options>]")

    @Argument(help: "Only this service and those below it: tenants.acme and tenants.acme.monitors.") var prefix: String?
    @Option(
        name: [.short, .long],
        help: "Only this environment; may be given several times. [CONFIGBUS_ENVIRONMENT] (default: all)")
    var environment: [String] = []
    @Flag(help: "Deleted documents too.") var deleted = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try connection.client()
        // One query for all, or one for each environment that is named.
        let queries = environments.isEmpty ? [nil] : environments.map(Optional.some)
        var heads: [HeadSummary] = []
        for environment in queries {
            var query = ListRequest(prefix: prefix, environment: environment, includesDeleted: deleted, limit: 500)
            repeat {
                let page = try await client.headSummaries(query)
                heads += page.elements
                query.cursor = page.next
            } while query.cursor != nil
        }
        try output.print(.array(heads.map(json))) { text(heads) }
    }

    /// Those that are named, each once; none for all.
    private var environments: [String] {
        environment.isEmpty ? EnvironmentVariable.environment.value.map { [$0] } ?? [] : Set(environment).sorted()
    }

    private func text(_ heads: [HeadSummary]) -> String {
        guard !heads.isEmpty else {
            let isFiltered = prefix != nil || !environments.isEmpty
            return isFiltered
                ? "No documents here; 'configbus list' shows all, unless CONFIGBUS_ENVIRONMENT is set."
                : "No documents. 'configbus publish SERVICE FILE' makes one."
        }
        var table = TextTable(
            header: ["SERVICE", "ENVIRONMENT", "VERSION", "CHANGED", "BY", "COMMENT"], whole: ["VERSION", "CHANGED"])
        for head in heads {
            table.add([
                head.key.service, head.key.environment,
                "\(head.version)\(head.changeType == .deleted ? " (deleted)" : "")",
                head.createdAt.description, head.createdBy, head.comment,
            ])
        }
        return table.text
    }

    private func json(_ head: HeadSummary) throws -> JSONValue {
        .object(
            try JSONObject([
                ("service_name", .string(head.key.service)), ("environment", .string(head.key.environment)),
                ("version", .number(JSONNumber(head.version))), ("change_type", .string(head.changeType.rawValue)),
                ("content_hash", .string(head.contentHash)), ("record_hash", .string(head.recordHash)),
                ("epoch", .string(head.epoch.description)), ("created_at", .string(head.createdAt.description)),
                ("created_by", .string(head.createdBy)), ("comment", .string(head.comment)),
            ]))
    }
}
