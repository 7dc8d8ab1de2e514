import ArgumentParser
import ConfigModel
import RegistryClient

/// Shows who changed a document when and why.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show the versions of a document, newest first.")

    @OptionGroup var document: DocumentOptions
    @Option(help: "At most this many versions.") var limit: Int = 20
    @Option(help: "Only versions below this one.") var before: Int64?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000.") }
    }

    func run() async throws {
        let key = try document.key()
        let records = try await connection.client().history(of: key, before: before, limit: limit)
        try output.print(.array(records.map { try $0.json })) { text(records, key) }
    }

    private func text(_ records: [VersionRecord], _ key: DocumentKey) -> String {
        guard !records.isEmpty else { return "There is no \(before == nil ? "document" : "older version of") \(key)." }
        var table = TextTable(header: ["VERSION", "CHANGE", "WHEN", "BY", "CONTENT", "COMMENT"])
        for record in records {
            let restored = record.restoredFrom.map { " (content of \($0))" } ?? ""
            table.add([
                "\(record.version)", record.changeType.rawValue + restored, record.createdAt.description,
                record.createdBy, String(record.content.hash.dropFirst(7).prefix(12)), record.comment,
            ])
        }
        return table.text
    }
}
