/// The walk over all documents, and then over the schemas of their services, that finds what was never announced.
enum Reconciliation: Equatable {
    /// What is walked over.
    enum Part: Equatable {
        case documents, schemas
    }

    case idle
    /// The next page begins at the cursor; something happened since the walk began that requires another one.
    case running(Part, cursor: String?, isRequestedAgain: Bool)

    mutating func request() {
        switch self {
        case .idle: self = .running(.documents, cursor: nil, isRequestedAgain: false)
        case .running(let part, let cursor, _):
            self = .running(part, cursor: cursor, isRequestedAgain: cursor != nil || part != .documents)
        }
    }

    /// Goes on behind a page.
    ///
    /// - Parameter next: where the next page begins; nil when there is none.
    mutating func advance(to next: String?) {
        guard case .running(let part, _, let isRequestedAgain) = self else { return }
        switch (next, part) {
        case (let next?, _): self = .running(part, cursor: next, isRequestedAgain: isRequestedAgain)
        case (nil, .documents): self = .running(.schemas, cursor: nil, isRequestedAgain: isRequestedAgain)
        case (nil, .schemas):
            self = isRequestedAgain ? .running(.documents, cursor: nil, isRequestedAgain: false) : .idle
        }
    }
}
