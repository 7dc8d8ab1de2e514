/// A MongoDB URI with another database in its path.
enum MongoDatabaseURI {
    /// The same servers, login and options; who logs in stays defined where it was, because the path is also the default of
    /// `authSource`.
    static func replacing(databaseOf uri: String, with database: String) throws(BenchError) -> String {
        guard let scheme = ["mongodb://", "mongodb+srv://"].first(where: uri.hasPrefix) else {
            throw BenchError("--mongodb-uri must begin with mongodb:// or mongodb+srv://.")
        }
        let parts = uri.dropFirst(scheme.count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = parts[0].prefix { $0 != "/" }
        let former = parts[0].dropFirst(authority.count + 1)
        var options = parts.count == 2 ? String(parts[1]) : ""
        if authority.contains("@"), !options.lowercased().contains("authsource=") {
            options += (options.isEmpty ? "" : "&") + "authSource=\(former.isEmpty ? "admin" : former)"
        }
        return scheme + authority + "/" + database + (options.isEmpty ? "" : "?\(options)")
    }
}
