import ArgumentParser
import ConfigModel

/// The flags that say which versions of a document or a schema are shown.
struct HistoryFilter: ParsableArguments {
    @Option(help: "Only versions below this one.") var before: Int64?
    @Option(help: "Only versions that changed what is at this place: db.port, or a JSON pointer like /db/port.")
    var path: String?
    @Option(help: "Not before: 7d or 12h (ago), 2026-11-20 (UTC), or 2026-11-20T21:30:00Z.") var since: EarliestMoment?
    @Option(help: "Only versions by this author.") var author: String?

    func validate() throws { try VersionArgument.check(before, "--before") }

    /// The search for what fits.
    func search(_ key: DocumentKey, limit: Int) throws -> HistorySearch {
        HistorySearch(
            key: key, before: before, path: try path.map(ContentPath.init), since: since?.moment, author: author,
            limit: limit)
    }

    /// Says that nothing was found.
    ///
    /// - Parameter isEmpty: there is no version at all that could fit.
    func nothingFound(of key: DocumentKey, isEmpty: Bool) -> String {
        isEmpty ? "There is no older version of \(key.title)." : "No version of \(key.title) fits \(given)."
    }

    /// The flags that were given and that nothing fits.
    private var given: String {
        let given = [("--path", path != nil), ("--since", since != nil), ("--author", author != nil)]
        return given.filter(\.1).map(\.0).joined(separator: " and ")
    }
}
