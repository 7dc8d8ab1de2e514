import ConfigModel
import RegistryClient

/// Looks for versions of a document, newest first, page by page.
struct HistorySearch {
    let key: DocumentKey
    /// Only versions below this one.
    var before: Int64?
    /// Only versions that changed what is there.
    var path: ContentPath?
    /// Only versions that are not older.
    var since: Timestamp?
    /// Only versions by this author.
    var author: String?
    /// At most this many.
    let limit: Int

    /// - Returns: what was found, and whether the document has any version below `before`.
    func entries(_ client: RegistryClient) async throws -> (found: [HistoryEntry], isEmpty: Bool) {
        var found: [HistoryEntry] = []
        var page = try await client.history(of: key, before: before, limit: pageSize)
        let isEmpty = page.isEmpty
        while !page.isEmpty {
            var next: [VersionRecord] = []
            for (index, record) in page.enumerated() {
                // Moments never decrease from version to version.
                if let since, record.createdAt < since { return (found, isEmpty) }
                if index + 1 == page.count, record.version > 1 {
                    // What the oldest of a page was made of is on the next one.
                    next = try await client.history(of: key, before: record.version, limit: pageSize)
                }
                let older = index + 1 < page.count ? page[index + 1] : next.first
                let entry = HistoryEntry(record: record, older: Self.content(of: older, before: record))
                guard isWanted(entry) else { continue }
                found.append(entry)
                if found.count == limit { return (found, isEmpty) }
            }
            page = next
        }
        return (found, isEmpty)
    }

    /// With one more than is wanted, the oldest has its predecessor beside it.
    private var pageSize: Int { path == nil && author == nil ? min(limit + 1, Self.largestPage) : Self.largestPage }
    private static let largestPage = 100

    private func isWanted(_ entry: HistoryEntry) -> Bool {
        let isAuthors = author.map { $0.utf8.elementsEqual(entry.record.createdBy.utf8) } ?? true
        return isAuthors && (path.map { entry.changes($0) } ?? true)
    }

    private static func content(of older: VersionRecord?, before record: VersionRecord) -> JSONObject? {
        guard record.version > 1 else { return JSONObject() }
        guard let older, older.version == record.version - 1 else { return nil }
        return try? older.content.object
    }
}
