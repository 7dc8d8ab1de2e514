import ConfigModel

/// A question to the registry about one document's newest version.
struct ReadRequest: Sendable, Equatable {
    /// Answer "not modified" while this is the newest version.
    var etag: String?
    /// The version that `etag` names when an event told it; nil when it is the newest proven one.
    var claimed: DocumentVersion?
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
