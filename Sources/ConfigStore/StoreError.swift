/// Why the store could not do something.
package enum StoreError: Error, Sendable, Equatable {
    /// It cannot be reached or does not answer in time; nothing is known to be changed by this call, but an append may
    /// have been applied: append the same record again to learn it.
    case unavailable(String)
    /// Too much work is queued in front of it; nothing was sent.
    case overloaded
    /// The record is larger than the store can hold; nothing was stored.
    case tooLarge(String)
    /// There is no room for it; nothing was stored.
    case full(String)
    /// The requested version does not fit its hashes or types.
    case damaged(DamagedVersion)
    /// What lies in the store is not what was put there, or the store is set up wrongly (a missing index, a missing
    /// permission). A person has to look.
    case invalid(String)
    /// The server of the store cannot do this as it is set up, and never will; nothing was stored.
    case unsupported(String)
    /// The store was closed.
    case closed
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let why): "The store is not available: \(why)"
        case .overloaded: "The store has too many requests waiting."
        case .tooLarge(let why): "The store cannot hold this: \(why)"
        case .full(let why): "The store is full: \(why)"
        case .damaged(let version): version.description
        case .invalid(let why): "The store needs attention: \(why)"
        case .unsupported(let why): "The store cannot do this: \(why)"
        case .closed: "The store is closed."
        }
    }
}
