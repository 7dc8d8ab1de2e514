package import ConfigModel

/// Changes of several documents that are made as one: all of them, or none.
package struct ChangeSetRequest: Sendable {
    /// What is to become of one document.
    package struct Member: Sendable {
        /// The document; each is in a set once.
        package var key: DocumentKey
        /// What is to be done to it.
        package var operation: ChangeRequest.Operation
        /// The head that the caller saw; nil when any will do.
        package var expected: Expectation?

        /// Puts a member together.
        package init(_ operation: ChangeRequest.Operation, of key: DocumentKey, expected: Expectation? = nil) {
            self.key = key
            self.operation = operation
            self.expected = expected
        }
    }

    /// Each member as a change of its own, in the order in which they were requested.
    package let changes: [ChangeRequest]
    /// Who requests the set, why, and under which identifier.
    package let origin: ChangeOrigin

    /// Requests a change set.
    package init(_ members: [Member], origin: ChangeOrigin) {
        changes = members.map {
            ChangeRequest($0.operation, of: $0.key, expected: $0.expected, origin: origin)
        }
        self.origin = origin
    }
}

extension ChangeSetRequest {
    var keys: [DocumentKey] { changes.map(\.key) }

    /// Checks what does not depend on any document.
    func check() throws(RegistryError) {
        try origin.check()
        guard (1...ChangeSet.maximumMembers).contains(changes.count) else {
            throw .invalid(
                "A change set has 1 to \(ChangeSet.maximumMembers) documents, not \(changes.count); make several of it."
            )
        }
        var seen: Set<DocumentKey> = []
        for key in keys where !seen.insert(key).inserted {
            throw .invalid("\(key) is in the change set twice; a set makes one version of each document.")
        }
        try Self.check(contentBytes: changes.reduce(0) { $0 + $1.givenBytes })
    }

    /// - Throws: when the contents of a set are larger together than they may be.
    static func check(contentBytes: Int) throws(RegistryError) {
        guard contentBytes <= ChangeSet.maximumContentBytes else {
            throw .tooLarge(
                "The contents of the change set have \(contentBytes) bytes together; they may have at most \(ChangeSet.maximumContentBytes): make several sets of it."
            )
        }
    }
}

extension ChangeRequest {
    /// How much content it brings along.
    fileprivate var givenBytes: Int {
        if case .publish(let content, _) = operation { content.bytes.count } else { 0 }
    }
}
