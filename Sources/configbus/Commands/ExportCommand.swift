import ArgumentParser
import ConfigModel
import RegistryClient

/// Writes the documents of a registry into files.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the documents of a registry into files.",
        usage: "configbus export <directory> [<options>]",
        discussion: """
            configbus export config/
            configbus export config/ --environment prod --format yaml --update

            Every living document becomes a file: ENVIRONMENT/SERVICE.json, .yaml or .toml, every schema \
            _schema/SERVICE.json. configbus-export.json beside them says which versions these are. 'configbus import' of the \
            directory changes nothing. What YAML or TOML cannot say as it is becomes a JSON file, and is named.
            """)

    @Argument(help: "A directory that is new or empty, or with --update one with files.", completion: .directory)
    var directory: String
    @Option(name: [.short, .long], help: "Only the documents of this environment.") var environment: String?
    @Option(help: "Only services at this name and below it: tenants.acme and tenants.acme.monitors.")
    var prefix: String?
    @Option(help: "The notation of the files.") var format: ContentNotation = .json
    @Flag(help: "Write JSON in lines for people; by default in one line, as it is hashed.") var pretty = false
    @Flag(help: "Replace the files of documents that differ, add those that are missing, and remove nothing.")
    var update = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !pretty || format == .json else { throw ValidationError("--pretty is about JSON.") }
    }

    func run() async throws {
        _ = try DocumentKey(service: prefix ?? "any", environment: environment ?? "any")
        let client = try connection.client()
        let selection = ExportSelection(environment: environment, prefix: prefix)
        let folder = try ExportFolder(directory, updates: update)
        let writer = FileWriter(notation: format, isPretty: pretty)
        try await Export(client: client, selection: selection, writer: writer).run(into: folder).conclude(output)
    }
}
