import ArgumentParser
import ConfigModel
import RegistryClient

/// Brings documents from files into a registry.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring many documents from files into a registry.",
        usage: "configbus import <directory>|<file>|- [<options>]",
        discussion: """
            configbus import config/ --dry-run
            configbus import config/ --comment 'from git' --prune
            configbus import .env --format env --service parsing -e prod --nested __
            etcdctl get --prefix '' -w json | configbus import - --format etcd

            A directory has one file a document: ENVIRONMENT/SERVICE.json, .yaml or .toml, and one a schema: \
            _schema/SERVICE.json, as 'configbus export' writes them. A file has a list of changes, as 'configbus apply' takes \
            it. Everything is read, compared and checked before anything is changed, and all that is wrong is named at \
            once. Then the documents that differ are written, many at a time, each on the version that it was compared with. One \
            that another writer changed meanwhile is named and left, and the same command again does what is left.
            """)

    @Argument(
        help: ArgumentHelp(
            "A directory with ENVIRONMENT/SERVICE files, a file with a list of changes, or what --format says.",
            valueName: "directory>|<file"),
        completion: .file())
    var path: String?
    @OptionGroup var foreign: ForeignOptions
    @Flag(help: "Check everything and show what would be done, and do nothing: takes the role reader.") var dryRun =
        false
    @Flag(help: "As --dry-run, and end with 1 when there is something to do.") var check = false
    @Flag(help: "Delete documents that have no file, in environments that have a directory.") var prune = false
    @Flag(help: "Make change sets of at most 100 documents of services below one name: all of a set, or none.")
    var atomic = false
    @OptionGroup var reason: ImportReasonOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(dryRun && check) else { throw ValidationError("--dry-run and --check exclude each other.") }
        guard !prune || !foreign.isNamed else {
            throw ValidationError("--prune is for a directory with ENVIRONMENT/SERVICE files.")
        }
        guard path != nil || foreign.fromEnvironment != nil else {
            throw ValidationError("Name the directory or file that is imported.")
        }
        guard path == nil || foreign.fromEnvironment == nil else {
            throw ValidationError("--from-environment takes no file.")
        }
    }

    func run() async throws {
        let imported = try imported()
        guard !prune || imported.missing != nil else {
            throw CommandFailure.usage("--prune is for a directory with ENVIRONMENT/SERVICE files.")
        }
        for warning in imported.warnings { Warning.say(warning) }
        try ChangeSetLimit.check(repeated: imported.changes.map(\.key))
        let mode: Import.Mode = dryRun ? .dryRun : check ? .check : .make(isAtomic: atomic)
        let work = Import(try connection.client(), mode, pruning: prune ? imported.missing : nil, output)
        try await work.run(imported.changes, imported.options(reason), isRepeatable: imported.list != nil)
    }

    private func imported() throws -> ImportedChanges {
        guard !foreign.isNamed, let path else { return try foreign.changes(at: path) }
        guard path == "-" || !OpenFolder.isThere(path) else { return ImportedChanges(try DocumentTree.read(path)) }
        return ImportedChanges(try ChangeList.read(path, nil, isChangeSet: false))
    }
}
