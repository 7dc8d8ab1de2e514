package import ConfigAccess
package import ConfigModel

/// The port through which a backup comes into a store. A change is on the journal of a majority when the call returns.
///
/// While the mark is there the store is opened for a restore only: a registry would serve a part of a history.
package protocol RestoringStore: Sendable {
    /// The mark of a restore that was not finished; nil when there is none.
    func restoreMark() async throws(StoreError) -> RestoreMark?

    /// The mark of the last restore that came to its end; nil when there was none.
    func finishedRestore() async throws(StoreError) -> RestoreMark?

    /// True when it holds no version, no anchor and nothing about identities.
    func isEmpty() async throws(StoreError) -> Bool

    /// Leaves the mark where there is none. From then on programs that serve the store refuse it, older ones too.
    ///
    /// - Parameter finished: the mark of the last restore that came to its end, as it was before the store was found to be empty.
    /// - Returns: false when a restore of another backup was begun, or one came to its end, since then; true also when this
    ///   mark is there already. Of several callers at once with marks of their own one is given true.
    func beginRestore(_ mark: RestoreMark, after finished: RestoreMark?) async throws(StoreError) -> Bool

    /// The last version in the order of `SignatureStore.outlines(after:limit:)`; nil when there is none. All before it
    /// are there, when they were restored in this order.
    func lastRestored() async throws(StoreError) -> VersionIdentity?

    /// Adds versions as they are, announced, in this order: after a crash those that are there are the first of them.
    /// None of them may be there.
    func restore(_ records: [VersionRecord]) async throws(StoreError)

    /// Sets the mark of a document of which old versions were not kept, and adds its version 1 without the content, by which it
    /// is listed, unless that is there. Doing it again is harmless.
    func restore(_ mark: PruneMark, first: VersionRecord) async throws(StoreError)

    /// Adds what is no version; what is there already is replaced. Doing it again is harmless.
    func restore(_ anchors: [AuditAnchor], _ access: RestoredAccess) async throws(StoreError)

    /// How many versions it holds, counted.
    func versionCount() async throws(StoreError) -> Int64

    /// Gives the store its epoch and its rules, and lets the mark be that of a finished restore last. Doing it again with the
    /// same epoch is harmless.
    ///
    /// - Returns: false when the mark is not there any more, because another restore came to its end: its epoch stays. Of several
    ///   callers at once with epochs of their own one is given true.
    func finishRestore(_ mark: RestoreMark, _ state: StoreState) async throws(StoreError) -> Bool
}

/// What a store says about a restore that was not finished.
package struct RestoreMark: Sendable, Equatable {
    /// The checksum of the backup that is being restored.
    package let backup: String
    /// Whether identities come back with it.
    package let hasAccess: Bool

    /// Puts a mark together.
    package init(backup: String, hasAccess: Bool) {
        self.backup = backup
        self.hasAccess = hasAccess
    }

    /// As a store keeps it.
    package var text: String { hasAccess ? "\(backup) access" : backup }

    /// Reads what a store keeps; nil when it is nothing that this program wrote.
    package init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let backup = words.first, SHA256Text.isWellFormed(String(backup)),
            words.dropFirst().allSatisfy({ $0 == "access" })
        else { return nil }
        self.init(backup: String(backup), hasAccess: words.count > 1)
    }

    /// Why a store with a mark is not used.
    ///
    /// - Parameter place: which store, as the beginning of a sentence.
    package static func refusal(_ place: String) -> String {
        "\(place) holds a part of a backup: 'configbus restore' did not come to its end. Run it again with the same backup, and it "
            + "goes on where it was; to begin anew, restore into an empty place."
    }
}

/// What a backup holds about identities.
package struct RestoredAccess: Sendable, Equatable {
    /// What names belong to.
    package var names: [BoundName] = []
    /// The tokens, as they were.
    package var tokens: [AccessToken] = []
    /// The denials, as they were.
    package var denials: [Denial] = []

    /// Nothing.
    package init() {}
}
