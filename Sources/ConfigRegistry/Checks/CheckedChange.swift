package import ConfigModel

/// What a check looks at. The contents were read once, for all checks.
package struct CheckedChange: Sendable {
    /// The version as it would be signed and stored, but for the overrides that it will name.
    package let draft: VersionRecord
    /// Its content; empty for a deletion.
    package let content: JSONObject
    /// The version that it follows, a tombstone perhaps; nil when there is none, or when it is damaged.
    package let head: VersionRecord?
    /// The content of that version; nil for a deletion, and when no living document is there to be compared with.
    package let headContent: JSONObject?
    /// What else is to be stored together with it.
    package let companions: CompanionDrafts
    /// Where it is looked at is made for what takes long.
    var isOnCheckThread = false

    /// The version is a tombstone: only its author and comment are new.
    package var isDeletion: Bool { draft.isTombstone }

    /// The content was accepted once, when the version that it is taken from was published.
    package var isRollback: Bool { draft.restoredFrom != nil }
}

extension CheckedChange {
    /// Reads the contents.
    ///
    /// - Throws: `.unavailable` when one that the store holds is not JSON.
    init(
        _ draft: VersionRecord, after head: VersionRecord?, among companions: CompanionDrafts = .none
    ) throws(RegistryError) {
        self.draft = draft
        self.companions = companions
        self.head = head
        do {
            content = try draft.content.object
            if let head, !head.isTombstone, !draft.isTombstone {
                headContent = try head.content.object
            } else {
                headContent = nil
            }
        } catch {
            throw .unavailable("The content of \(draft.key) cannot be read: \(error)")
        }
    }
}
