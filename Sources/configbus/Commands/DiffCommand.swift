import ArgumentParser
import ConfigModel
import RegistryClient

/// Shows what changed between two versions.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed between two versions; without numbers, between the last two.")

    @OptionGroup var document: DocumentOptions
    @Argument(help: "The old version.") var old: Int64?
    @Argument(help: "The new version.") var new: Int64?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let diff = try await connection.client().diff(of: document.key(), from: old, to: new)
        try output.print(json(diff)) { text(diff) }
    }

    private func text(_ diff: VersionDiff) -> String {
        let stream = StandardStream.output
        var lines = [stream.colored("\(diff.key) version \(diff.oldVersion) -> \(diff.newVersion)", .faint)]
        func line(_ sign: String, _ key: String, _ value: JSONValue, _ color: StandardStream.Color) {
            let shown = ControlCharacters.escaped("\(JSONValue.string(key)): \(value)")
            lines.append(stream.colored("\(sign) \(shown)", color))
        }
        for (key, value) in diff.removed { line("-", key, value, .red) }
        for change in diff.changed {
            line("-", change.key, change.old, .red)
            line("+", change.key, change.new, .green)
        }
        for (key, value) in diff.added { line("+", key, value, .green) }
        if lines.count == 1 { lines.append("Nothing changed.") }
        return lines.joined(separator: "\n")
    }

    private func json(_ diff: VersionDiff) throws -> JSONValue {
        let changed = try diff.changed.map { change in
            (key: change.key, value: JSONValue.object(try JSONObject([("old", change.old), ("new", change.new)])))
        }
        return .object(
            try JSONObject([
                ("service_name", .string(diff.key.service)), ("environment", .string(diff.key.environment)),
                ("old_version", .number(JSONNumber(diff.oldVersion))),
                ("new_version", .number(JSONNumber(diff.newVersion))), ("added", .object(diff.added)),
                ("removed", .object(diff.removed)), ("changed", .object(try JSONObject(changed))),
                ("patch", diff.patch),
            ]))
    }
}
