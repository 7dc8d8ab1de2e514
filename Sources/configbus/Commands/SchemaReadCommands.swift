import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// What every command has that looks at a schema.
struct SchemaReadOptions: ParsableArguments {
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions
}

extension SchemaCommand {
    /// Shows a schema.
    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "get", abstract: "Show the schema of a service.",
            usage: "configbus schema get <service> [<options>]",
            discussion: "configbus schema get parsing --version 3 > parsing.schema.json")

        @OptionGroup var subject: SchemaServiceArgument
        @Option(help: "This version instead of the newest.") var version: Int64?
        @OptionGroup var read: SchemaReadOptions

        func validate() throws { try VersionArgument.check(version, "--version") }

        func run() async throws {
            let service = try subject.name()
            let schema = try await read.connection.client().schema(of: service, version: version).document.schema
            try read.output.print(schema) { PrettyJSON.text(schema) }
        }
    }

    /// Shows which documents fit a schema.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Show which documents fit the schema, or another one.",
            usage: "configbus schema check <service> [<file>|-] [<options>]",
            discussion: """
                configbus schema check parsing
                configbus schema check parsing new.schema.json --history 20

                Without a file the schema that is in force is checked. --history looks at earlier versions too: those that \
                a rollback could not bring back are named. Ends with 1 when something does not fit.
                """)

        @OptionGroup var subject: SchemaServiceArgument
        @Argument(help: "Another schema: a JSON, YAML or TOML file, or - for standard input.", completion: .file())
        var file: String?
        @Option(help: "The notation of the schema; by default the file's ending says it.") var format: ContentNotation?
        @Option(help: "What must fit: each document alone, or merged over that of 'default'; as in force.")
        var checks: SchemaChecksArgument?
        @Option(help: "How many versions of each document are looked at, at most 100; 0 for the newest alone.")
        var history: Int = 0
        @OptionGroup var read: SchemaReadOptions

        func validate() throws {
            guard (0...SchemaCheckRequest.maximumHistory).contains(history) else {
                throw ValidationError("--history must be from 0 to \(SchemaCheckRequest.maximumHistory).")
            }
        }

        func run() async throws {
            let service = try subject.name()
            let schema = try file.map { JSONValue.object(try ContentArgument.content(of: $0, format: format).object) }
            let facts = try await read.connection.client().checkSchema(
                of: service, schema: schema, checks: checks?.checks, history: history)
            try SchemaCheckReport(service: service, facts: facts).conclude(read.output)
        }
    }

    /// Shows the versions of a schema.
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "Show the versions of a schema, newest first.",
            usage: "configbus schema history <service> [<options>]",
            discussion: """
                configbus schema history parsing --limit 5
                configbus schema history parsing --path schema.properties.port --author ann
                """)

        @OptionGroup var subject: SchemaServiceArgument
        @OptionGroup var most: HistoryLimitOption
        @OptionGroup var filter: HistoryFilter
        @OptionGroup var read: SchemaReadOptions

        func run() async throws {
            let key = try SchemaDocument.key(of: subject.name())
            let search = try filter.search(key, limit: most.limit)
            let (entries, isEmpty) = try await search.entries(read.connection.client())
            if isEmpty, filter.before == nil { throw subject.missing }
            try read.output.print(.array(entries.map { try $0.json })) {
                entries.isEmpty ? filter.nothingFound(of: key, isEmpty: isEmpty) : HistoryEntry.table(entries)
            }
        }
    }

    /// Shows what changed between two versions of a schema.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Show what changed between two versions of a schema; without numbers, the last two.",
            usage: "configbus schema diff <service> [<old>] [<new>] [<options>]",
            discussion: "configbus schema diff parsing 2 4")

        @OptionGroup var subject: SchemaServiceArgument
        @OptionGroup var versions: VersionPairArguments
        @OptionGroup var read: SchemaReadOptions

        func run() async throws {
            let service = try subject.name()
            let client = try read.connection.client()
            guard let newest = try await client.schemaHistory(of: service, limit: 1).first else {
                throw subject.missing
            }
            let newVersion = versions.new ?? newest.version
            let oldVersion = versions.old ?? max(0, newVersion - 1)
            let newContent = try await client.schemaVersion(newVersion, of: service).content.object
            let oldContent =
                oldVersion > 0 ? try await client.schemaVersion(oldVersion, of: service).content.object : JSONObject()
            let changes = ContentChange.all(from: oldContent, to: newContent)
            try read.output.print(json(changes, oldVersion, newVersion)) {
                let stream = StandardStream.output
                let title = "The schema of \(subject.service), version \(oldVersion) -> \(newVersion)"
                let lines = changes.isEmpty ? ["Nothing changed."] : changes.map { $0.line(for: stream) }
                return ([stream.colored(title, .faint)] + lines).joined(separator: "\n")
            }
        }

        private func json(_ changes: [ContentChange], _ oldVersion: Int64, _ newVersion: Int64) -> JSONValue {
            var object = JSONObject()
            object["service_name"] = .string(subject.service)
            object["old_version"] = .number(JSONNumber(oldVersion))
            object["new_version"] = .number(JSONNumber(newVersion))
            object["changes"] = .array(changes.map(\.json))
            return .object(object)
        }
    }
}
