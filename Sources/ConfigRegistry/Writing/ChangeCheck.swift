package import ConfigModel

/// A rule for contents: it looks at every version between its draft and its signature, whatever kind of write makes it.
///
/// A check must be able to look at the same draft again: it is drafted anew when another writer was faster.
package protocol ChangeCheck: Sendable {
    /// What speaks against storing a version; empty when nothing does.
    ///
    /// - Parameters:
    ///   - draft: the version as it would be signed and stored. A deletion is one too, with an empty object as content.
    ///   - head: the version that it follows, a tombstone perhaps; nil when there is none, or when it is damaged.
    /// - Throws: `RegistryError` when the check cannot be made, which refuses the write like a finding.
    func findings(
        about draft: VersionRecord, after head: VersionRecord?
    ) async throws(RegistryError) -> [ChangeFinding]
}

/// One reason not to store a version. It never holds a value of the content.
package struct ChangeFinding: Sendable, Equatable {
    /// Where in the content: a JSON pointer; empty for the whole.
    package let pointer: String
    /// The rule that is broken, a word that programs may decide by.
    package let rule: String
    /// One sentence that says what is wrong.
    package let message: String

    /// Puts a finding together.
    package init(pointer: String, rule: String, message: String) {
        self.pointer = pointer
        self.rule = rule
        self.message = message
    }
}
