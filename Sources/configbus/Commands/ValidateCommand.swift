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
            configbus validate parsing patch.json -e prod --merge-patch
            configbus validate parsing parsing.yaml --schema parsing.schema.json

            Prints what would change and everything that checks find, and ends with 1 when the registry would refuse it. \
            With --schema no registry is needed, and only that schema is checked.
            """)

    @OptionGroup var document: DocumentOptions
    @OptionGroup var input: ContentArgument
    @Flag(help: "The file is a merge patch (RFC 7396) of the newest version.") var mergePatch = false
    @Flag(help: "The file is a JSON patch (RFC 6902) of the newest version: a list of operations.") var patch = false
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
        guard !(mergePatch && patch) else { throw ValidationError("--merge-patch and --patch exclude each other.") }
        guard schema == nil || !(mergePatch || patch) else {
            throw ValidationError("A patch needs the version that the registry has; it excludes --schema.")
        }
    }

    func run() async throws {
        let key = try document.key()
        try input.refuseFile(inPlaceOf: document.service, command: "validate")
        guard let schema else { return try await check(key).conclude(output) }
        let file = try SchemaFile(schema)
        let content = try input.content()
        try file.verdict(on: content, key).conclude(output)
    }

    private func check(_ key: DocumentKey) async throws -> DocumentVerdict {
        let client = try connection.client()
        let options = WriteOptions(overrides: try CheckOverrides(overrides))
        let report =
            if patch {
                try await client.validate(.operations(try input.operations()), of: key, options)
            } else if mergePatch {
                try await client.validate(.merge(try input.content().object), of: key, options)
            } else {
                try await client.validate(input.content(), as: key, options)
            }
        let secrets = FoundSecrets(report.errors + report.warnings, options.overrides)
        let changes = secrets.hidden(in: try await changes(report, key, client))
        return DocumentVerdict(
            key: key, isValid: report.isValid, findings: report.errors, hidden: report.hidden,
            warnings: report.warnings, changes: changes, json: report.json(key, changes))
    }

    /// What would change: the registry has said it as a patch.
    private func changes(
        _ report: ValidationReport, _ key: DocumentKey, _ client: RegistryClient
    ) async throws -> [ContentChange] {
        guard case .array(let operations) = report.diff, !operations.isEmpty else { return [] }
        var old = JSONObject()
        if report.baseVersion > 0, let head = try? await client.version(report.baseVersion, of: key) {
            old = try head.content.object
        }
        return ContentChange.all(from: old, to: try DocumentPatch.operations(operations).patched(old).object)
    }
}

extension ValidationReport {
    /// The report for programs, in the words of every other command.
    fileprivate func json(_ key: DocumentKey, _ changes: [ContentChange]) -> JSONValue {
        var object = JSONObject()
        object["valid"] = .bool(isValid)
        object["base_version"] = .number(JSONNumber(baseVersion))
        object["content_hash"] = .string(contentHash)
        object["service_name"] = .string(key.service)
        object["environment"] = .string(key.environment)
        object["findings"] = .array(errors.map(\.json))
        if !warnings.isEmpty { object["warnings"] = .array(warnings.map(\.json)) }
        object["hidden"] = hidden > 0 ? .number(JSONNumber(hidden)) : nil
        object["changes"] = .array(changes.map(\.json))
        return .object(object)
    }
}
