import ArgumentParser
import ConfigModel
import RegistryClient

/// Makes the documents of a registry what files say, as one change set.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make documents what files say, all of them or none.",
        usage: "configbus apply <file>|<directory> [<options>]",
        discussion: """
            configbus apply config/ --dry-run
            configbus apply config/ --comment 'new broker'
            configbus apply changes.yaml

            A directory has one file a document: ENVIRONMENT/SERVICE.json, .yaml or .toml, and one a schema: \
            _schema/SERVICE.json. A file has the list 'documents', each with service_name, environment and one of \
            config_data, merge_patch, patch, restore_version and delete, or with service_name and schema, as POST \
            /api/changesets takes it. Documents are checked with the schema of the same set. What is equal already is \
            left out; documents that are not named stay as they are. All changes are one change set of at most 100.
            """)

    @Argument(
        help: ArgumentHelp(
            "A directory with ENVIRONMENT/SERVICE files, or one file with a list of changes.",
            valueName: "file>|<directory"),
        completion: .file())
    var path: String
    @Option(help: "The notation of the file; by default its ending says it.") var format: ContentNotation?
    @Flag(help: "Check everything and show what would be done, and do nothing.") var dryRun = false
    @OptionGroup var reason: ChangeReasonOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try wanted()
        try ChangeSetLimit.check(repeated: request.changes.map(\.key))
        let client = try connection.client()
        let reason = request.reason(reason)
        let keys = request.changes.map(\.key)
        if !dryRun, let earlier = try await EarlierVersions.made(under: reason.idempotencyKey, keys, client) {
            return try await earlier.report(of: request.changes.withChecks(client), comment: reason.comment, client)
                .print(output)
        }
        let plan = try await ChangePlan.make(request.changes.withChecks(client), client)
        try ChangeSetLimit.check(plan)
        guard !dryRun else { return try await DryRun(plan: plan, options: reason.options()).conclude(client, output) }
        try await client.make(plan, reason).print(output)
    }

    private func wanted() throws -> ChangeList {
        guard path == "-" || !isFolder else {
            guard format == nil else {
                throw CommandFailure.usage("--format is for a file; in a directory the endings say it.")
            }
            let tree = try DocumentTree.read(path)
            if let note = tree.note { Warning.say(note) }
            return ChangeList(changes: tree.changes)
        }
        return try ChangeList.read(path, format)
    }

    private var isFolder: Bool { OpenFolder.isThere(path) }
}
