import ConfigModel
import EventBus

/// Entries that are written together, and the announcements that are acknowledged when they are.
struct AuditBatch {
    /// So much is collected before it is written.
    static let maximumEntries = 256
    static let maximumBytes = 4 << 20

    private(set) var drafts: [AuditLog.Draft] = []
    private var bytes = 0

    var isFull: Bool { drafts.count >= Self.maximumEntries || bytes >= Self.maximumBytes }

    mutating func append(_ draft: AuditLog.Draft) {
        drafts.append(draft)
        bytes += draft.record.content.bytes.count + (draft.oldValue?.bytes.count ?? 0)
    }

    mutating func removeAll() { self = AuditBatch() }
}
