import CMongoC
import ConfigStore

/// Why the driver or the server did not do something, sorted by what can be done about it.
struct MongoFailure: Error {
    enum Kind: Equatable {
        /// A unique index refused a document.
        case duplicateKey
        /// No response, or one that will be another in a while: no primary, a broken connection, a write concern that was
        /// not reached in time. A write may have been applied all the same.
        case unavailable
        /// The user, the password or the permissions.
        case refused
        /// The document is larger than a server stores.
        case tooLarge
        /// There is no room on the server's disk; nothing was stored.
        case full
        /// A requested version does not hold.
        case damaged(DamagedVersion)
        /// A document that came back does not have the shape that was written.
        case malformed
        /// Anything else: trying again would not help.
        case invalid
    }

    let kind: Kind
    /// What the driver or the server said, without a final full stop.
    let message: String
    /// What the driver said about each server when it found none that it could send a call to.
    private(set) var unanswered: [String]?

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// No server was found that the call could be sent to.
    init(unanswered: [String], _ message: String) {
        self.init(.unavailable, message)
        self.unanswered = unanswered
    }

    /// A version that does not hold.
    init(_ version: DamagedVersion) { self.init(.damaged(version), version.description) }
}

extension MongoFailure {
    /// What the caller of the store sees.
    ///
    /// - Parameter search: what the client was looking for, when it found no server.
    func storeError(_ search: ServerSearch) -> StoreError {
        if let unanswered { return .unavailable("\(search.failure(unanswered)).") }
        return switch kind {
        case .unavailable: .unavailable("MongoDB: \(message).")
        case .refused: .invalid("MongoDB refused the user: \(message). Check its password and roles.")
        case .tooLarge: .tooLarge("\(message).")
        case .full: .full("the disk of MongoDB has no room left (\(message)): free some space on it.")
        case .damaged(let version): .damaged(version)
        case .duplicateKey, .malformed, .invalid: .invalid("MongoDB: \(message).")
        }
    }
}
