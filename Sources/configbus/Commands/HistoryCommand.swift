import ArgumentParser
import ConfigModel
import RegistryClient

/// Shows who changed a document when and why.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show the versions of a document, newest first.",
        usage: "configbus history <service> [<options>]",
        discussion: """
            configbus history parsing -e prod
            configbus history parsing -e prod --path database.pool --since 7d --author ann
            """)

    @OptionGroup var document: DocumentOptions
    @OptionGroup var most: HistoryLimitOption
    @OptionGroup var filter: HistoryFilter
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try document.key()
        let client = try connection.client()
        let (entries, isEmpty) = try await filter.search(key, limit: most.limit).entries(client)
        if isEmpty, try await client.head(of: key) == .unknown { throw await client.missing(key) }
        try output.print(.array(entries.map { try $0.json })) {
            entries.isEmpty ? filter.nothingFound(of: key, isEmpty: isEmpty) : HistoryEntry.table(entries)
        }
    }
}
