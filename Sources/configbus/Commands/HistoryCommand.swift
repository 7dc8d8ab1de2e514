import ArgumentParser
import ConfigModel
import RegistryClient

/// Shows who changed a document when and why.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show the versions of a document, newest first.",
        usage: "configbus history <service> [<options>]")

    @OptionGroup var document: DocumentOptions
    @Option(help: "At most this many versions.") var limit: Int = 20
    @Option(help: "Only versions below this one.") var before: Int64?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try VersionArgument.check(before, "--before")
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000.") }
    }

    func run() async throws {
        let key = try document.key()
        let client = try connection.client()
        let records = try await client.history(of: key, before: before, limit: limit)
        if records.isEmpty, try await client.head(of: key) == .unknown { throw await client.missing(key) }
        guard output.format == .text else {
            return try output.print(.array(records.map { try $0.json })) { "" }
        }
        let oldest = try await contentBefore(records.last, client)
        try output.print(.null) { text(records, oldest, key) }
    }

    /// What the oldest version that is shown was made of; nil when it cannot be read any more.
    private func contentBefore(_ record: VersionRecord?, _ client: RegistryClient) async throws -> JSONObject? {
        guard let record, record.version > 1 else { return JSONObject() }
        do {
            return try await client.version(record.version - 1, of: record.key).content.object
        } catch let error as RegistryClientError where error.code == .notFound {
            return nil
        }
    }

    private func text(_ records: [VersionRecord], _ oldest: JSONObject?, _ key: DocumentKey) -> String {
        guard !records.isEmpty else { return "There is no older version of \(key)." }
        let olderContents = records.dropFirst().map { try? $0.content.object } + [oldest]
        var table = TextTable(header: ["VERSION", "CHANGE", "WHEN", "BY", "PATHS", "COMMENT"])
        for (record, older) in zip(records, olderContents) {
            let restored = record.restoredFrom.map { " (content of \($0))" } ?? ""
            table.add([
                "\(record.version)", record.changeType.rawValue + restored, record.createdAt.description,
                record.createdBy, paths(of: record, since: older), record.comment,
            ])
        }
        return table.text
    }

    /// More paths than this are counted.
    private static let shownPaths = 3

    /// The places that a version changed. Of a first version that would be all of them.
    private func paths(of record: VersionRecord, since older: JSONObject?) -> String {
        guard record.changeType == .updated, let older, let content = try? record.content.object else { return "" }
        let places = ContentChange.all(from: older, to: content).map(\.place)
        let more = places.count > Self.shownPaths ? ", \(places.count - Self.shownPaths) more" : ""
        return places.prefix(Self.shownPaths).joined(separator: ", ") + more
    }
}
