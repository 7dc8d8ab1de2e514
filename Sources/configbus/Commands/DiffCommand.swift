import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Shows what differs between two versions, or between two environments.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what differs between two versions or two environments.",
        usage: "configbus diff <service> [<old>] [<new>] [<options>]",
        discussion: """
            configbus diff parsing -e prod
            configbus diff parsing 3 7 -e prod
            configbus diff parsing -e staging -e prod

            Without numbers the last two versions are compared. Of two environments the newest versions are compared; \
            <old> is a version of the first one, <new> of the second.
            """)

    @Argument(help: "The service, for example parsing or tenants.acme.monitors.") var service: String
    @OptionGroup var versions: VersionPairArguments
    @Option(
        name: [.short, .long],
        help: "The environment; two are compared with each other. [CONFIGBUS_ENVIRONMENT] (default: default)")
    var environment: [String] = []
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard environment.count <= 2 else {
            throw ValidationError("--environment is given \(environment.count) times; two can be compared.")
        }
        guard environment.count < 2 || environment[0] != environment[1] else {
            throw ValidationError("--environment names '\(environment[0])' twice; name the one to compare it with.")
        }
    }

    func run() async throws {
        guard environment.count < 2 else { return try await compareEnvironments() }
        let key = try EnvironmentOptions.key(of: service, in: environment.first ?? EnvironmentOptions.implied)
        let client = try connection.client()
        let diff = try await client.about(key) { try await client.diff(of: key, from: versions.old, to: versions.new) }
        try output.print(json(diff)) { text(diff) }
    }

    private func compareEnvironments() async throws {
        let keys = try environment.map { try EnvironmentOptions.key(of: service, in: $0) }
        let client = try connection.client()
        let comparison = DocumentComparison(
            old: try await content(of: keys[0], version: versions.old, client),
            new: try await content(of: keys[1], version: versions.new, client))
        try output.print(comparison.json) { try comparison.text(for: .output) }
    }

    private func content(
        of key: DocumentKey, version: Int64?, _ client: RegistryClient
    ) async throws -> ServedContent {
        guard let version else { return try await client.livingHead(of: key) }
        return try await client.about(key) { try await client.content(ofVersion: version, of: key) }
    }

    private func text(_ diff: VersionDiff) -> String {
        let stream = StandardStream.output
        let title = stream.colored("\(diff.key) version \(diff.oldVersion) -> \(diff.newVersion)", .faint)
        let changes = changes(diff).map { $0.line(for: stream) }
        return ([title] + (changes.isEmpty ? ["Nothing changed."] : changes)).joined(separator: "\n")
    }

    private func changes(_ diff: VersionDiff) -> [ContentChange] {
        ContentChange.all(from: diff.oldMembers, to: diff.newMembers)
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
                ("patch", diff.patch), ("changes", .array(changes(diff).map(\.json))),
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
