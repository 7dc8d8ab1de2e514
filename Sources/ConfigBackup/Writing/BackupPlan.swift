import ConfigModel
import ConfigStore

/// Up to which version each document is in a backup: one point of each history, at which every change set is whole.
///
/// Heads are listed twice. A set that became visible while the second list was read may be in it by some of its members
/// only; such members are among the versions that the first list did not have, which are looked at. The others of the set are
/// added, with all versions before them; those were stored before it, so that this comes to an end whatever is written
/// meanwhile.
struct BackupPlan: Sendable {
    private enum Stage {
        case listing(HeadQuery)
        case listingAgain(HeadQuery)
        case completing
    }

    private var ends: [DocumentKey: Int64] = [:]
    private var news: [(key: DocumentKey, versions: ClosedRange<Int64>)] = []
    private var stage = Stage.listing(Self.everything)

    /// How many documents are in the backup.
    var documents: Int { ends.count }

    /// The last version of a document that is in the backup; 0 when none is.
    func end(of key: DocumentKey) -> Int64 { ends[key] ?? 0 }

    /// Reads a little more of the store; false when there is nothing more to read, so that the plan is made.
    mutating func advance(_ store: any VersionReading & BackupReading) async throws(StoreError) -> Bool {
        switch stage {
        case .listing(let query):
            let next = try await list(query, in: store) { _, _ in }
            stage = next.map(Stage.listing) ?? .listingAgain(Self.everything)
        case .listingAgain(let query):
            var found: [(DocumentKey, ClosedRange<Int64>)] = []
            let next = try await list(query, in: store) { found.append(($0, $1)) }
            news += found
            stage = next.map(Stage.listingAgain) ?? .completing
        case .completing:
            guard let (key, versions) = news.popLast() else { return false }
            for set in try await sets(of: key, versions, in: store) { try await complete(set, in: store) }
        }
        return true
    }

    private static var everything: HeadQuery {
        var query = HeadQuery(includesDeleted: true, limit: 1_000)
        query.includesReserved = true
        return query
    }

    /// - Returns: what comes behind this page.
    private mutating func list(
        _ query: HeadQuery, in store: any VersionReading & BackupReading,
        _ news: (DocumentKey, ClosedRange<Int64>) -> Void
    ) async throws(StoreError) -> HeadQuery? {
        let page = try await store.outlines(query)
        if let damaged = page.damaged.first { throw .damaged(damaged) }
        for head in page { if let versions = extend(head.key, to: head.version) { news(head.key, versions) } }
        return query.next(after: page)
    }

    private mutating func complete(
        _ set: String, in store: any VersionReading & BackupReading
    ) async throws(StoreError) {
        for member in try await store.versions(ofChangeSet: set) {
            let key = member.record.key
            if let versions = extend(key, to: member.record.version) { news.append((key, versions)) }
        }
    }

    /// - Returns: the versions that are in the backup by this and were not before.
    private mutating func extend(_ key: DocumentKey, to version: Int64) -> ClosedRange<Int64>? {
        let before = end(of: key)
        guard version > before else { return nil }
        ends[key] = version
        return before + 1...version
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
