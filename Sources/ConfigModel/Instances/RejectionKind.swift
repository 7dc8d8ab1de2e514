/// Why a version was rejected, for a program; the text beside it is for a person.
public enum RejectionKind: String, Sendable, CaseIterable {
    /// Its signature is missing, wrong or of a key that is not trusted.
    case signature
    /// Another version with the same number was proven before.
    case conflict
    /// It belongs to an older history, or the change of histories is not signed.
    case epoch
    /// The registry's response does not prove it.
    case registry
    /// It could not be made into the application's value.
    case decode
    /// The application's schema refuses it.
    case schema
    /// A validator refuses it.
    case validator
    /// A handler threw.
    case handler
    /// A validator, handler or command did not end within its limit.
    case timeout
    /// A handler has not returned from an earlier reload.
    case stuck
    /// A command refused it.
    case command
    /// It needs an application that understands more.
    case incompatible
    /// Anything else.
    case other
}
