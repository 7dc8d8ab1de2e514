package import ConfigModel

/// An earlier version whose content is to be published again.
package struct ProposedRollback: Sendable {
    package var key: DocumentKey
    package var toVersion: Int64
    package var expected: Expectation?
    package var origin: ChangeOrigin

    package init(key: DocumentKey, toVersion: Int64, expected: Expectation? = nil, origin: ChangeOrigin) {
        self.key = key
        self.toVersion = toVersion
        self.expected = expected
        self.origin = origin
    }
}
