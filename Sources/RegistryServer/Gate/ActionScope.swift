import ConfigModel
import ConfigRegistry

/// What an action concerns, as the handler parsed it: never a path, a header or an address.
enum ActionScope: Sendable, Equatable {
    /// The registry as a whole.
    case registry
    /// Documents, each by its key.
    case documents([DocumentKey])
    /// All documents that fit.
    case selection(WatchFilter)
    /// What a service has as a whole: its schema.
    case service(String)
    /// An audit log.
    case auditLog(String)

    /// One document.
    static func document(_ key: DocumentKey) -> ActionScope { .documents([key]) }
}
