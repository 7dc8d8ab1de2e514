/// The walk over all documents that finds what was never announced.
enum Reconciliation: Equatable {
    case idle
    /// The next page begins at the cursor; something happened since the walk began that requires another one.
    case running(cursor: String?, isRequestedAgain: Bool)

    mutating func request() {
        switch self {
        case .idle: self = .running(cursor: nil, isRequestedAgain: false)
        case .running(let cursor, _): self = .running(cursor: cursor, isRequestedAgain: cursor != nil)
        }
    }
}
