package import ConfigModel

/// New content for a document.
package struct ProposedChange: Sendable {
    package var key: DocumentKey
    package var content: Content
    package var mode: PublishMode
    package var expected: Expectation?
    package var origin: ChangeOrigin

    package init(
        key: DocumentKey, content: Content, mode: PublishMode, expected: Expectation? = nil, origin: ChangeOrigin
    ) {
        self.key = key
        self.content = content
        self.mode = mode
        self.expected = expected
        self.origin = origin
    }
}
