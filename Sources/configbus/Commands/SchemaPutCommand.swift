import ArgumentParser
import ConfigAccess
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
                configbus schema put parsing parsing.schema.json -c 'the port is a number'
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
        @OptionGroup var reason: ReasonOptions
        @Option(
            name: .customLong("override"),
            help: "Let a finding pass: schema-breaks, or secret:comment; may be given several times.")
        var overrides: [String] = []
        @OptionGroup var expectation: ExpectationOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            do { _ = try checkOverrides } catch { throw ValidationError("--override: \(error)") }
        }

        private var checkOverrides: CheckOverrides {
            get throws { try CheckOverrides(overrides, for: [.schema]) }
        }

        func run() async throws {
            let service = try subject.name()
            try input.refuseFile(inPlaceOf: service, command: "schema put")
            let client = try connection.client()
            let schema = JSONValue.object(try input.content().object)
            guard !dryRun else {
                let facts = try await client.checkSchema(of: service, schema: schema, checks: checks?.checks)
                return try SchemaCheckReport(service: service, facts: facts).conclude(output)
            }
            if let earlier = try await EarlierVersions.made(
                under: reason.idempotencyKey, [SchemaDocument.key(of: service)], client)
            {
                return try await print(earlier, of: schema, client)
            }
            let present = try await client.presentSchema(of: service)
            let document = SchemaDocument(schema: schema, checks: checks?.checks ?? present?.document.checks ?? .each)
            if let present, present.document == document, !force.isForced, expectation.expects(present.version) {
                return try print(unchanged: present)
            }
            let options = reason.options(expected: expectation.expected, try checkOverrides)
            let facts = try await WriteRole.needing(.admin) {
                try await client.putSchema(document, of: service, options)
            }
            CheckWarnings.say(facts.warnings)
            try print(facts)
        }

        /// What the same command made before; without `--checks` it took those of then.
        private func print(_ earlier: EarlierVersions, of schema: JSONValue, _ client: RegistryClient) async throws {
            let record = earlier.first
            guard let made = try? SchemaDocument(record.content) else { throw earlier.fromAnotherCommand(record) }
            let document = SchemaDocument(schema: schema, checks: checks?.checks ?? made.checks)
            let wanted = WantedChange(key: record.key, operation: .schema(document))
            _ = try await earlier.report(of: wanted, comment: reason.comment, client)
            let newest = try await EarlierVersions.newest(of: record, client)
            try output.print(facts(record.key.service, record.version, document, "repeated")) {
                WriteReport.repeatedLine(record, newest: newest)
            }
        }

        private func facts(
            _ service: String, _ version: Int64, _ document: SchemaDocument, _ outcome: String
        ) -> JSONValue {
            var object = JSONObject()
            object["service_name"] = .string(service)
            object["version"] = .number(JSONNumber(version))
            object["schema_hash"] = .string(document.hash)
            object["checks"] = .string(document.checks.rawValue)
            object["unchanged"] = .bool(false)
            object[outcome] = .bool(true)
            return .object(object)
        }

        private func print(unchanged present: ServedSchema) throws {
            try output.print(facts(present.service, present.version, present.document, "unchanged")) {
                "The schema of \(present.service) is unchanged: version \(present.version) is this one."
            }
        }

        private func json(_ facts: SchemaPublicationFacts) throws -> JSONValue {
            guard case .object(var object) = try JSONValue(parsing: facts.jsonBytes) else { return .null }
            object["unchanged"] = .bool(false)
            object["overrides"] = facts.overrides.map { OverrideList.json($0) }
            return .object(object)
        }

        private func print(_ facts: SchemaPublicationFacts) throws {
            try output.print(try json(facts)) {
                let stream = StandardStream.output
                let verb = facts.changeType == .created ? "in force" : "changed"
                var lines = [
                    "The schema of \(facts.service) is \(verb): version \(facts.version) by "
                        + "\(ControlCharacters.escaped(facts.createdBy)), checks \(facts.checks.rawValue), "
                        + "\(Count.text(Int(facts.checkedDocuments), "document")) checked."
                ]
                lines += facts.breaks.flatMap { $0.lines(for: stream) }
                if facts.hidden > 0 { lines.append(HiddenDocuments.breaking(facts.hidden)) }
                return lines.joined(separator: "\n")
            }
        }
    }
}
