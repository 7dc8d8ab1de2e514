import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

extension SchemaCommand {
    /// Puts a schema in force.
    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "put", abstract: "Put a schema in force, or its next version.",
            usage: "configbus schema put <service> [<file>|-] [<options>]",
            discussion: """
                configbus schema put parsing parsing.schema.json --comment 'the port is a number'
                configbus schema put parsing parsing.schema.yaml --checks merged --dry-run

                Refused while a document does not fit it; an administrator lets that pass with --override schema-breaks, \
                and then every next version must fit. With 'merged' the document of 'default' is checked alone and every \
                other one laid over it, as a reader with overlay sees it.
                """)

        @OptionGroup var subject: SchemaServiceArgument
        @OptionGroup var input: ContentArgument
        @Option(
            help: "What must fit: each document alone, or merged over that of 'default'; as before, or each.")
        var checks: SchemaChecksArgument?
        @Flag(help: "Show which documents do not fit, and change nothing.") var dryRun = false
        @OptionGroup var force: ForceOption
        @OptionGroup var change: ChangeOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let service = try subject.name()
            try input.refuseFile(inPlaceOf: service, command: "schema put")
            let client = try connection.client()
            let schema = JSONValue.object(try input.content().object)
            guard !dryRun else {
                let facts = try await client.checkSchema(of: service, schema: schema, checks: checks?.checks)
                return try SchemaCheckReport(facts: facts).conclude(output)
            }
            let present = try await client.presentSchema(of: service)
            let document = SchemaDocument(schema: schema, checks: checks?.checks ?? present?.document.checks ?? .each)
            if let present, present.document == document, !force.isForced, change.expects(present.version) {
                return try print(unchanged: present)
            }
            let facts = try await output.explaining {
                try await client.putSchema(document, of: service, try change.options())
            }
            CheckWarnings.say(facts.warnings)
            try print(facts)
        }

        private func print(unchanged present: ServedSchema) throws {
            var object = JSONObject()
            object["service_name"] = .string(present.service)
            object["version"] = .number(JSONNumber(present.version))
            object["schema_hash"] = .string(present.document.hash)
            object["checks"] = .string(present.document.checks.rawValue)
            object["unchanged"] = .bool(true)
            try output.print(.object(object)) {
                "The schema of \(present.service) is unchanged: version \(present.version) is this one."
            }
        }

        private func print(_ facts: SchemaPublicationFacts) throws {
            try output.print(try JSONValue(parsing: facts.jsonBytes)) {
                let stream = StandardStream.output
                let verb = facts.changeType == .created ? "in force" : "changed"
                var lines = [
                    "The schema of \(facts.service) is \(verb): version \(facts.version) by "
                        + "\(ControlCharacters.escaped(facts.createdBy)), checks \(facts.checks.rawValue), "
                        + "\(Count.text(Int(facts.checkedDocuments), "document")) checked."
                ]
                lines += facts.breaks.flatMap { $0.lines(for: stream) }
                if facts.hidden > 0 { lines.append("\(facts.hidden) more do not fit, which you may not read.") }
                return lines.joined(separator: "\n")
            }
        }
    }
}
