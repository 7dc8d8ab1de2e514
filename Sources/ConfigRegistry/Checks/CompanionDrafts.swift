package import ConfigModel

/// What the members of a change set are to say: a check sees each of them among the others, as they will be stored together.
package struct CompanionDrafts: Sendable {
    /// What is to become of a document.
    package enum Outcome: Sendable {
        /// It has this content.
        case content(Content)
        /// It is deleted.
        case deletion
    }

    private let outcomes: [DocumentKey: Outcome]

    /// A version that is stored alone.
    package static let none = CompanionDrafts([])

    /// - Parameter outcomes: of each document once.
    init(_ outcomes: [(key: DocumentKey, outcome: Outcome)]) {
        self.outcomes = Dictionary(outcomes.map { ($0.key, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    }

    /// True for a version that is stored alone.
    package var isEmpty: Bool { outcomes.isEmpty }

    /// What is to become of a document together with the one that is checked; nil when it stays as it is.
    package subscript(key: DocumentKey) -> Outcome? { outcomes[key] }
}
