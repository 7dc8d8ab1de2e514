import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Shows what changed between two versions.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed between two versions; without numbers, between the last two.",
        usage: "configbus diff <service> [<old>] [<new>] [<options>]")

    @OptionGroup var document: DocumentOptions
    @Argument(help: "The old version.") var old: Int64?
    @Argument(help: "The new version.") var new: Int64?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try VersionArgument.check(old, "<old>")
        try VersionArgument.check(new, "<new>")
    }

    func run() async throws {
        let key = try document.key()
        let client = try connection.client()
        let diff = try await client.about(key) { try await client.diff(of: key, from: old, to: new) }
        try output.print(json(diff)) { text(diff) }
    }

    private func text(_ diff: VersionDiff) -> String {
        let stream = StandardStream.output
        let title = stream.colored("\(diff.key) version \(diff.oldVersion) -> \(diff.newVersion)", .faint)
        let changes = ContentChange.all(from: diff.oldMembers, to: diff.newMembers).map { $0.line(for: stream) }
        return ([title] + (changes.isEmpty ? ["Nothing changed."] : changes)).joined(separator: "\n")
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

extension VersionDiff {
    /// The top-level members of the old version that the new one does not have as they are.
    fileprivate var oldMembers: JSONObject {
        changed.reduce(into: removed) { $0[$1.key] = $1.old }
    }

    /// The top-level members of the new version that the old one does not have as they are.
    fileprivate var newMembers: JSONObject {
        changed.reduce(into: added) { $0[$1.key] = $1.new }
    }
}
