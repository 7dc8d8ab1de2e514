import ConfigModel

/// A question to the registry about one document's newest version.
struct ReadRequest: Sendable, Equatable {
    /// Answer "not modified" while this is the newest version.
    var etag: String?
    /// True when `etag` names the version that is claimed, false when it is the newest proven one.
    var isAboutClaim = false
    /// Do not answer with something older.
    var minimumVersion: Int64?
    /// The epoch that `minimumVersion` belongs to.
    var epoch: Epoch?
    /// The answer is true of some moment after this one.
    var sentAt: Instant
    /// Why it is asked.
    var needs: ReadNeeds

    /// The same question about whatever the registry has, asked after what was claimed turned out not to be.
    func withoutClaim(etag: String?, at now: Instant) -> ReadRequest {
        ReadRequest(etag: etag, sentAt: now, needs: needs)
    }
}
