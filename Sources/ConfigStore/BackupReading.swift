/// The port to what a backup holds and no other port reads as a whole. All reads are majority reads.
package protocol BackupReading: Sendable {
    /// Versions with their contents behind one of them, those of reserved environments too, in the order of
    /// `SignatureStore.outlines(after:limit:)`; at most `limit`. Those behind the mark of their document are left out, so that
    /// only an empty page is the last one.
    ///
    /// - Parameter maximumBytes: nothing is read behind the version with which the contents come to so much together, so
    ///   that one at least is read.
    func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage

    /// The newest anchor of every audit log, in the order of their names.
    func anchors() async throws(StoreError) -> [AuditAnchor]

    /// Every name that was ever given to a token, and what it belongs to, in the order of the names.
    func boundNames() async throws(StoreError) -> [BoundName]
}

/// The name of a token, and what it belongs to whatever becomes of the token.
package struct BoundName: Sendable, Equatable {
    /// The name.
    package let name: String
    /// What it belongs to.
    package let binding: NameBinding

    /// Puts both together.
    package init(name: String, binding: NameBinding) {
        self.name = name
        self.binding = binding
    }
}
