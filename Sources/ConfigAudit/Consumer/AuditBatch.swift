import ConfigModel
import EventBus

/// Entries that are written together, and the announcements that are acknowledged when they are.
struct AuditBatch {
    /// So much is collected before it is written.
    static let maximumEntries = 256
    static let maximumBytes = 4 << 20

    private(set) var items: [AuditLog.Item] = []
    private var bytes = 0

    var isFull: Bool { items.count >= Self.maximumEntries || bytes >= Self.maximumBytes }

    mutating func append(_ draft: AuditLog.Draft) {
        items.append(.version(draft))
        bytes += draft.record.content.bytes.count + (draft.oldValue?.bytes.count ?? 0)
    }

    mutating func append(_ version: UnreadableVersion) { items.append(.unreadable(version)) }

    mutating func append(_ versions: PrunedVersions) { items.append(.pruned(versions)) }

    mutating func removeAll() { self = AuditBatch() }
}
