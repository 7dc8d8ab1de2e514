package import ChangeChecks

/// A rule for contents: it looks at every version between its draft and its signature, whatever kind of write makes it.
///
/// A check must be able to look at the same draft again: it is drafted anew when another writer was faster.
package protocol ChangeCheck: Sendable {
    /// What there is to say about a version. A finding refuses the write unless the author names the finding's override.
    ///
    /// - Throws: `RegistryError` when the check cannot be made, which refuses the write for good.
    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport
}
