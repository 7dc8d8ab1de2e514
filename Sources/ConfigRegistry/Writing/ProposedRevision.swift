package import ConfigModel

/// New content that is made from the head, for example by a patch.
///
/// Without an expectation a lost race makes the content again from the new head.
package struct ProposedRevision: Sendable {
    /// Makes the new content from the living head; throws `.invalid`, `.tooLarge` or `.tooMuchWork` when it cannot.
    ///
    /// It may be called with several heads, and must make the same content of the same head each time.
    package typealias Revise = @Sendable (_ head: VersionRecord) async throws(RegistryError) -> Content

    package var key: DocumentKey
    package var expected: Expectation?
    package var origin: ChangeOrigin
    package var revise: Revise

    package init(
        key: DocumentKey, expected: Expectation? = nil, origin: ChangeOrigin, revise: @escaping Revise
    ) {
        self.key = key
        self.expected = expected
        self.origin = origin
        self.revise = revise
    }
}
