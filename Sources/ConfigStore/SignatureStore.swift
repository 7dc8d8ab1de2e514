package import ConfigModel

/// The port to the signatures of stored versions, for the change of a key.
package protocol SignatureStore: Sendable {
    /// Versions without their contents behind one of them, those of reserved environments too, in an order that is always the
    /// same; at most `limit`.
    func outlines(after version: VersionIdentity?, limit: Int) async throws(StoreError) -> OutlinePage

    /// Gives versions other signatures, those that still have the signature that the change names; the others stay as they are.
    /// Nothing else of a version changes. Doing it again is harmless.
    func replaceSignatures(_ changes: [SignatureChange]) async throws(StoreError)
}

/// Another signature in the place of one.
package struct SignatureChange: Sendable, Equatable {
    /// The version.
    package let version: VersionIdentity
    /// What the signatures are made over, as far as the version's own fields go.
    package let recordHash: String
    /// The signature that it has.
    package let before: RecordSignature
    /// The signature that it is to have.
    package let after: RecordSignature

    /// Puts a change together.
    package init(
        of version: VersionIdentity, recordHash: String, before: RecordSignature, after: RecordSignature
    ) {
        self.version = version
        self.recordHash = recordHash
        self.before = before
        self.after = after
    }
}

/// Where a walk over all versions of a store goes on.
package struct VersionWalk: Sendable {
    /// The largest page that is read to get past rows that name no possible version.
    private static let largestPage = 100_000

    /// Nil before the first page.
    package private(set) var position: VersionIdentity?
    /// How many versions the next page has.
    package private(set) var limit: Int

    /// Begins a walk with pages of this size.
    package init(pageSize: Int = 1_000) { limit = pageSize }

    /// Goes past a page; false when it was the last one.
    ///
    /// A page that names no possible version is read again, twice as large.
    package mutating func pass(_ page: OutlinePage) -> Bool {
        guard page.rowCount >= limit else { return false }
        let last =
            page.map { VersionIdentity(key: $0.key, version: $0.version) }
            + page.damaged.compactMap { damage in
                damage.key.flatMap { key in damage.version.map { VersionIdentity(key: key, version: $0) } }
            }
        if let next = last.max(by: VersionIdentity.precedes) {
            position = next
        } else {
            guard limit < Self.largestPage else { return false }
            limit *= 2
        }
        return true
    }
}

extension VersionIdentity {
    /// The order of `SignatureStore.outlines(after:limit:)`: service, environment, version.
    package static func precedes(_ left: VersionIdentity, _ right: VersionIdentity) -> Bool {
        for (left, right) in [(left.key.service, right.key.service), (left.key.environment, right.key.environment)] {
            if left.utf8.lexicographicallyPrecedes(right.utf8) { return true }
            if right.utf8.lexicographicallyPrecedes(left.utf8) { return false }
        }
        return left.version < right.version
    }
}
