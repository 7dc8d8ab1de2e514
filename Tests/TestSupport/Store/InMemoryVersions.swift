import ConfigModel
import ConfigRegistry
import ConfigStore

/// What an in-memory store holds.
struct InMemoryVersions: Sendable {
    struct Row: Sendable {
        var stored: StoredVersion
        let insertedAt: ContinuousClock.Instant
        let number: Int64
    }

    var epoch: Epoch
    var statement: EpochStatement?
    var signing = SigningRule.optional
    var schemas: Int64 = 0
    var documents: [DocumentKey: [Row]] = [:]
    /// How many versions were added.
    private(set) var count: Int64 = 0
    var clockOffset: Duration = .zero
    var anchors: [String: AuditAnchor] = [:]
    var access = InMemoryAccess()
    var marks: [DocumentKey: PruneMark] = [:]
    /// Documents whose version 1 has no content any more.
    var emptied: Set<DocumentKey> = []
    var pruningLease: (owner: String, until: ContinuousClock.Instant)?
    /// What a read of these versions finds instead of them.
    var damaged: [VersionIdentity: DamagedVersion] = [:]

    init(epoch: Epoch) { self.epoch = epoch }

    var now: ContinuousClock.Instant { .now + clockOffset }

    mutating func append(_ record: VersionRecord) -> AppendOutcome {
        let rows = documents[record.key] ?? []
        let through = marks[record.key]?.through ?? 0
        if let same = rows.first(where: { $0.stored.record.changeID == record.changeID })?.stored.record {
            if same.version <= through {
                return .changePruned(VersionIdentity(key: same.key, version: same.version))
            }
            return same.recordHash == record.recordHash ? .stored : .changeExists(same)
        }
        if record.version <= through { return .versionTaken }
        if rows.contains(where: { $0.stored.record.version == record.version }) { return .versionTaken }
        let row = Row(stored: StoredVersion(record: record, isAnnounced: false), insertedAt: now, number: count)
        count += 1
        let position = rows.firstIndex { $0.stored.record.version > record.version } ?? rows.count
        documents[record.key, default: []].insert(row, at: position)
        return .stored
    }

    mutating func append(_ set: [VersionRecord]) throws(DamagedVersion) -> SetAppendOutcome {
        let rivals = set.flatMap { record in
            (documents[record.key] ?? []).map(\.stored).filter {
                $0.record.version == record.version || $0.record.changeID == record.changeID
            }
        }
        let rows = VersionPage(
            rivals.map { rival in damaged[VersionIdentity(rival)].map { .failure($0) } ?? .success(rival) })
        if let outcome = try SetAppendOutcome(of: set, among: rows, marks: marks) { return outcome }
        for record in set { _ = append(record) }
        return .stored
    }

    /// The versions of a document that are not behind its mark.
    func kept(_ key: DocumentKey) -> [Row] {
        (documents[key] ?? []).filter { $0.stored.record.version > marks[key]?.through ?? 0 }
    }

    /// What a read finds.
    func read(_ versions: some Sequence<StoredVersion>) -> VersionPage {
        VersionPage(
            versions.filter { $0.record.version > marks[$0.record.key]?.through ?? 0 }.map { version in
                let identity = VersionIdentity(key: version.record.key, version: version.record.version)
                return damaged[identity].map { .failure($0) } ?? .success(version)
            })
    }

    func heads(_ query: HeadQuery) -> [StoredVersion] {
        let keys = documents.keys.sorted().filter { key in
            (query.environment.map { $0 == key.environment } ?? (query.includesReserved || !key.isReserved))
                && (query.service ?? key.service) == key.service
                && (query.prefix.map { key.service == $0 || key.service.hasPrefix($0 + ".") } ?? true)
                && (query.after.map { $0 < key } ?? true)
        }
        let heads = keys.compactMap { documents[$0]?.last?.stored }
        let wanted = heads.filter { query.includesDeleted || !$0.record.isTombstone }.prefix(query.limit)
        return Self.bounded(Array(wanted), query.maximumBytes)
    }

    /// Up to the version with which the contents come to so many bytes.
    static func bounded(_ versions: [StoredVersion], _ maximumBytes: Int) -> [StoredVersion] {
        var bytes = 0
        return Array(
            versions.prefix { version in
                defer { bytes += version.record.content.bytes.count }
                return bytes < maximumBytes
            })
    }

    func unannounced(limit: Int) -> [StoredVersion] {
        let rows = documents.values.flatMap { $0 }.filter { !$0.stored.isAnnounced }
        return rows.sorted { $0.insertedAt < $1.insertedAt }.prefix(limit).map(\.stored)
    }

    mutating func mark(_ versions: [VersionIdentity]) {
        for version in versions {
            let position = documents[version.key]?.firstIndex { $0.stored.record.version == version.version }
            guard let position, let row = documents[version.key]?[position] else { continue }
            documents[version.key]?[position].stored = StoredVersion(record: row.stored.record, isAnnounced: true)
        }
    }

    mutating func apply(_ change: SignatureChange) {
        let position = documents[change.version.key]?.firstIndex {
            $0.stored.record.version == change.version.version
        }
        guard let position, let stored = documents[change.version.key]?[position].stored,
            stored.record.recordHash == change.recordHash, stored.record.signature == change.before
        else { return }
        documents[change.version.key]?[position].stored = StoredVersion(
            record: stored.record.signed(change.after), isAnnounced: stored.isAnnounced)
    }

    var statistics: StoreStatistics {
        let rows = documents.values.flatMap { $0 }
        let unannounced = rows.filter { !$0.stored.isAnnounced }
        return StoreStatistics(
            kind: "memory", documents: Int64(documents.keys.count { !$0.isReserved }), versions: Int64(rows.count),
            unannounced: Int64(unannounced.count), oldestUnannounced: unannounced.map { now - $0.insertedAt }.max())
    }
}

extension VersionIdentity {
    /// Which version it is.
    init(_ stored: StoredVersion) { self.init(key: stored.record.key, version: stored.record.version) }
}
