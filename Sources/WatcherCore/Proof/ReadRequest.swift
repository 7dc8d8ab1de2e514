package import ConfigModel

/// A read of one document's newest version.
package struct ReadRequest: Sendable, Equatable {
    /// Which document.
    package let key: DocumentKey
    /// The response is "not modified" while this is the newest version.
    package var etag: String?
    /// True when `etag` names the version that is claimed, false when it is the newest proven one.
    var isAboutClaim = false
    /// Nothing older is a response.
    package var minimumVersion: Int64?
    /// The epoch that `minimumVersion` belongs to.
    package var epoch: Epoch?
    /// The response is true of some moment after this one.
    var sentAt: Instant
    /// Why the document is read.
    var needs: ReadNeeds

    /// What the source remembers is not enough.
    package var isFresh: Bool { needs.isFresh }

    /// The application requested it and waits for it.
    package var isRequested: Bool { needs.demand != nil }

    /// The same read of whatever the source has, after what was claimed turned out not to be.
    func withoutClaim(etag: String?, at now: Instant) -> ReadRequest {
        ReadRequest(key: key, etag: etag, sentAt: now, needs: needs)
    }
}
