import ConfigModel

/// A head on its way to a watcher.
enum PendingHead: Sendable {
    /// The head itself.
    case held(HeadSnapshot)
    /// Only where it stands: it is read when it is next, so that its content takes no memory until then.
    case owed(DocumentKey, HeadPosition)

    var key: DocumentKey {
        switch self {
        case .held(let snapshot): snapshot.key
        case .owed(let key, _): key
        }
    }

    var position: HeadPosition {
        switch self {
        case .held(let snapshot): snapshot.position
        case .owed(_, let position): position
        }
    }

    /// How much content it keeps in memory.
    var contentBytes: Int {
        switch self {
        case .held(let snapshot): snapshot.record.content.bytes.count
        case .owed: 0
        }
    }

    /// The same head to be read later.
    var unread: PendingHead { .owed(key, position) }
}
