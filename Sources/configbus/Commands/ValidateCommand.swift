import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Says what a registry would say of a document, and stores nothing.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check a document without publishing it.",
        usage: "configbus validate <service> [<file>|-] [<options>]",
        discussion: """
            configbus validate parsing parsing.yaml -e prod
            configbus validate parsing parsing.yaml --schema parsing.schema.json

            Prints what would change and everything that checks find, and ends with 1 when the registry would refuse it. \
            With --schema no registry is needed, and only that schema is checked.
            """)

    @OptionGroup var document: DocumentOptions
    @OptionGroup var input: ContentArgument
    @Option(help: "Check with the JSON Schema in this file, without a registry.", completion: .file())
    var schema: String?
    @Option(
        name: .customLong("override"),
        help: "Let a finding pass, for example blast-radius or secret:/db/password; may be given several times.")
    var overrides: [String] = []
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        do { _ = try CheckOverrides(overrides) } catch { throw ValidationError("--override: \(error)") }
        guard schema == nil || overrides.isEmpty else {
            throw ValidationError("--override is for the registry's checks; it excludes --schema.")
        }
    }

    func run() async throws {
        let key = try document.key()
        try input.refuseFile(inPlaceOf: document.service, command: "validate")
        guard let schema else {
            return try await check(input.content(), key).conclude(output)
        }
        let file = try SchemaFile(schema)
        let content = try input.content()
        try file.verdict(on: content, key).conclude(output)
    }

    private func check(_ content: Content, _ key: DocumentKey) async throws -> DocumentVerdict {
        let client = try connection.client()
        let options = WriteOptions(overrides: try CheckOverrides(overrides))
        let report = try await client.validate(content, as: key, options)
        var old = JSONObject()
        if report.baseVersion > 0 {
            old = try await client.version(report.baseVersion, of: key).content.object
        }
        return DocumentVerdict(
            key: key, isValid: report.isValid, findings: report.errors, hidden: report.hidden,
            warnings: report.warnings, changes: ContentChange.all(from: old, to: try content.object), json: report.json)
    }
}

extension ValidationReport {
    /// The response, for programs.
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["valid"] = .bool(isValid)
        object["base_version"] = .number(JSONNumber(baseVersion))
        object["content_hash"] = .string(contentHash)
        object["errors"] = .array(errors.map(\.json))
        object["warnings"] = .array(warnings.map(\.json))
        object["hidden"] = hidden > 0 ? .number(JSONNumber(hidden)) : nil
        object["diff"] = diff
        return .object(object)
    }
}
