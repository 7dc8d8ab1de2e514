import ConfigModel
import ConfigStore

/// Up to which version each document is in a backup: one point of each history, at which every change set is whole.
///
/// Heads are listed twice. A set that became visible while the second list was read may be in it by some of its members
/// only; such members are among the versions that the first list did not have, which are looked at. The others of the set are
/// added, with all versions before them; those were stored before it, so that this comes to an end whatever is written
/// meanwhile.
struct BackupPlan: Sendable {
    private var ends: [DocumentKey: Int64] = [:]

    init(_ store: any VersionReading & BackupReading) async throws(StoreError) {
        try await list(store) { _, _, _ in }
        var news: [(key: DocumentKey, versions: ClosedRange<Int64>)] = []
        try await list(store) { key, before, end in
            if end > before { news.append((key, before + 1...end)) }
        }
        while let (key, versions) = news.popLast() {
            for set in try await sets(of: key, versions, in: store) {
                for member in try await store.versions(ofChangeSet: set) {
                    let (key, version) = (member.record.key, member.record.version)
                    let end = ends[key] ?? 0
                    guard version > end else { continue }
                    ends[key] = version
                    news.append((key, end + 1...version))
                }
            }
        }
    }

    /// True for a version that is in the backup.
    func contains(_ record: VersionRecord) -> Bool { record.version <= ends[record.key] ?? 0 }

    /// Notes that a version is written.
    mutating func take(_ record: VersionRecord) {
        if record.version == ends[record.key] { ends[record.key] = nil }
    }

    /// To be called behind the last version.
    ///
    /// - Throws: when a document's newest version was removed before it was read, as `admin prune` can do it.
    func finish() throws(StoreError) {
        guard let (key, version) = ends.min(by: { $0.key < $1.key }) else { return }
        throw .invalid(
            "Version \(version) of \(key), its newest when the backup began, was removed while the backup was made: make it "
                + "again.")
    }

    private mutating func list(
        _ store: any VersionReading & BackupReading, _ body: (_ key: DocumentKey, _ before: Int64, _ end: Int64) -> Void
    ) async throws(StoreError) {
        var query = HeadQuery(includesDeleted: true, limit: 1_000)
        query.includesReserved = true
        var next: HeadQuery? = query
        while let query = next {
            let page = try await store.outlines(query)
            if let damaged = page.damaged.first { throw .damaged(damaged) }
            for head in page {
                body(head.key, ends[head.key] ?? 0, head.version)
                ends[head.key] = head.version
            }
            next = query.next(after: page)
        }
    }

    /// The change sets that some versions of a document are parts of.
    private func sets(
        of key: DocumentKey, _ versions: ClosedRange<Int64>, in store: any BackupReading
    ) async throws(StoreError) -> Set<String> {
        var sets: Set<String> = []
        var version = versions.lowerBound
        while version <= versions.upperBound {
            let page = try await store.versions(
                after: VersionIdentity(key: key, version: version - 1),
                limit: Int(min(100, versions.upperBound - version + 1)), maximumBytes: 1 << 20)
            if let damaged = page.damaged.first { throw .damaged(damaged) }
            let own = page.filter { $0.record.key == key }
            guard let last = own.last else { break }
            sets.formUnion(own.compactMap { $0.record.changeSet?.id })
            version = last.record.version + 1
        }
        return sets
    }
}
