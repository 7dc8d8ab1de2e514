package import ConfigModel

/// A document to be deleted.
package struct ProposedDeletion: Sendable {
    package var key: DocumentKey
    package var expected: Expectation?
    package var origin: ChangeOrigin

    package init(key: DocumentKey, expected: Expectation? = nil, origin: ChangeOrigin) {
        self.key = key
        self.expected = expected
        self.origin = origin
    }
}
