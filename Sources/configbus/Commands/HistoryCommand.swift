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
    @Option(help: "Only versions below this one.") var before: Int64?
    @Option(help: "Only versions that changed what is at this place: db.port, or a JSON pointer like /db/port.")
    var path: String?
    @Option(help: "Not before: 7d or 12h (ago), 2026-11-20 (UTC), or 2026-11-20T21:30:00Z.") var since: EarliestMoment?
    @Option(help: "Only versions by this author.") var author: String?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try VersionArgument.check(before, "--before")
    }

    func run() async throws {
        let key = try document.key()
        let search = HistorySearch(
            key: key, before: before, path: try path.map(ContentPath.init), since: since?.moment, author: author,
            limit: most.limit)
        let client = try connection.client()
        let (entries, isEmpty) = try await search.entries(client)
        if isEmpty, try await client.head(of: key) == .unknown { throw await client.missing(key) }
        try output.print(.array(entries.map { try $0.json })) {
            guard entries.isEmpty else { return HistoryEntry.table(entries) }
            return isEmpty ? "There is no older version of \(key)." : "No version of \(key) fits \(filters)."
        }
    }

    /// The options that were given and that nothing fits.
    private var filters: String {
        let given = [("--path", path != nil), ("--since", since != nil), ("--author", author != nil)]
        return given.filter(\.1).map(\.0).joined(separator: " and ")
    }
}
