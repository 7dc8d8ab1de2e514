/// Why the log cannot be used or written.
package enum AuditLogError: Error, Sendable, Equatable {
    /// The file cannot be opened, read or is no regular file.
    case cannotOpen(path: String, reason: String)
    /// Another audit writes it.
    case inUse(path: String)
    /// It is not a log, or not any more.
    case damaged(path: String, AuditFault)
    /// It cannot be written at present; nothing of what was to be written is in it.
    case cannotWrite(path: String, reason: String)
    /// The checkpoint could not be signed.
    case cannotSign(String)
    /// The log was closed.
    case closed
}

extension AuditLogError: CustomStringConvertible {
    /// A sentence that says what to do.
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "The audit log \(path) cannot be opened: \(reason)."
        case .inUse(let path):
            "The audit log \(path) is written by another audit. Stop that one, or give this one another file."
        case .damaged(let path, let fault):
            "The audit log \(path) does not hold, so nothing is appended to it. \(fault) Keep the file as evidence "
                + "(`configbus audit verify` checks it), and start with another one: it is filled from the registry."
        case .cannotWrite(let path, let reason): "The audit log \(path) cannot be written: \(reason)."
        case .cannotSign(let reason): "The checkpoint cannot be signed: \(reason)"
        case .closed: "The audit log is closed."
        }
    }
}
