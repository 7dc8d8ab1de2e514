import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

extension AuditCommand {
    /// Shows what was changed, over all documents.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show what was changed in all documents and schemas, newest first.",
            usage: "configbus audit list [<prefix>] [<options>]",
            discussion: """
                configbus audit list --since 7d --author ann
                configbus audit list tenants.acme -e prod --values

                The registry answers from the versions that it keeps; what you may not read is not there. Schemas are \
                changes of the environment ~schema.
                """)

        @Argument(help: "Only this service and those below it: tenants.acme and tenants.acme.monitors.")
        var prefix: String?
        @Option(help: "Only this service.") var service: String?
        @Option(
            name: [.short, .long],
            help: "Only this environment; ~schema for schemas. [CONFIGBUS_ENVIRONMENT] (default: all)")
        var environment: String?
        @Option(help: "Only by this author.") var author: String?
        @Option(help: "Only created, updated or deleted ones.") var type: ChangeTypeArgument?
        @Option(help: "Only what was requested under this X-Correlation-ID.") var correlationID: String?
        @Option(name: .customLong("changeset"), help: "Only the members of this change set.") var changeSet: String?
        @Flag(help: "Only versions with findings of checks that their author let pass.") var overrides = false
        @Option(help: "Not before: 7d or 12h (ago), 2026-11-20 (UTC), or 2026-11-20T21:30:00Z.")
        var since: EarliestMoment?
        @Option(help: "Before; written like --since.") var until: EarliestMoment?
        @Flag(help: "With the values that changed; needs the role auditor.") var values = false
        @Option(help: "At most this many.") var limit: Int = 50
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
        }

        func run() async throws {
            let found = try await AuditSearch(request: request, limit: limit).run(connection.client())
            try output.print(.array(found.changes.map(\.output))) { found.text(withValues: values) }
            if let damaged = found.damagedNote { StandardStream.error.write("\(damaged)\n") }
        }

        private var environmentName: String? { environment ?? EnvironmentVariable.environment.value }

        private var request: AuditRequest {
            var request = AuditRequest()
            (request.prefix, request.service, request.environment) = (prefix, service, environmentName)
            (request.createdBy, request.changeType, request.correlationID) = (author, type?.type, correlationID)
            (request.changeSetID, request.hasOverrides, request.hasValues) = (changeSet, overrides, values)
            (request.since, request.until) = (since?.moment, until?.moment)
            return request
        }
    }
}

/// What a version did, on the command line.
enum ChangeTypeArgument: String, ExpressibleByArgument, CaseIterable {
    case created, updated, deleted

    var type: ChangeType {
        switch self {
        case .created: .created
        case .updated: .updated
        case .deleted: .deleted
        }
    }
}
