import CMongoC
import ConfigRegistry

/// Why the driver or the server did not do something, sorted by what can be done about it.
struct MongoFailure: Error {
    enum Kind {
        /// A unique index refused a document.
        case duplicateKey
        /// No answer, or one that will be another in a while: no primary, a broken connection, a write concern that was
        /// not reached in time. A write may have been applied all the same.
        case unavailable
        /// The user, the password or the permissions.
        case refused
        /// The document is larger than a server stores.
        case tooLarge
        /// A document that came back does not have the shape that was written.
        case malformed
        /// Anything else: trying again would not help.
        case invalid
    }

    let kind: Kind
    /// What the driver or the server said, without a final full stop.
    let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The same with the place where it happened in front; other kinds of failure have no place.
    func located(in place: String) -> MongoFailure {
        kind == .malformed ? MongoFailure(.malformed, "\(place) is damaged: \(message)") : self
    }
}

extension MongoFailure {
    /// What the caller of the store sees.
    var storeError: StoreError {
        switch kind {
        case .unavailable: .unavailable("MongoDB: \(message).")
        case .refused: .invalid("MongoDB refused the user: \(message). Check its password and roles.")
        case .tooLarge: .tooLarge("\(message).")
        case .duplicateKey, .malformed, .invalid: .invalid("MongoDB: \(message).")
        }
    }
}
