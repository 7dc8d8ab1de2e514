import ArgumentParser
import ConfigModel
import RegistryClient
import SystemPackage

/// Makes the documents of a registry what files say, as one change set.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make documents what files say, all of them or none.",
        usage: "configbus apply <file>|<directory> [<options>]",
        discussion: """
            configbus apply config/ --dry-run
            configbus apply config/ --comment 'new broker'
            configbus apply changes.yaml

            A directory has one file a document: ENVIRONMENT/SERVICE.json, .yaml or .toml. A file has the list \
            'documents', each with service_name, environment and one of config_data, merge_patch, patch, restore_version \
            and delete, as POST /api/changesets takes it. What is equal already is left out; documents that are not named stay as they are. All changes are \
            one change set of at most 100.
            """)

    @Argument(help: "A directory with ENVIRONMENT/SERVICE files, or one JSON or YAML file.", completion: .file())
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
        let plan = try await ChangePlan.make(request.changes, client)
        try ChangeSetLimit.check(plan)
        let reason = request.reason(reason)
        guard !dryRun else {
            return try await DryRun(plan: plan, overrides: reason.checkOverrides).conclude(client, output)
        }
        try await output.explaining { try await client.make(plan, reason) }.print(output)
    }

    private func wanted() throws -> ChangeList {
        guard path == "-" || !isFolder else {
            guard format == nil else {
                throw CommandFailure.usage("--format is for a file; in a directory the endings say it.")
            }
            return ChangeList(
                changes: try DocumentTree.read(path).map { WantedChange(key: $0.key, operation: .content($0.content)) })
        }
        return try ChangeList.read(path, format)
    }

    private var isFolder: Bool { (try? Stat(FilePath(path), followTargetSymlink: true))?.type == .directory }
}
