import ConfigModel

/// A question to the registry about one document's newest version.
struct ReadRequest: Sendable, Equatable {
    /// Answer "not modified" while this is the newest version.
    var etag: String?
    /// Do not answer with something older.
    var minimumVersion: Int64?
    /// The epoch that `minimumVersion` belongs to.
    var epoch: Epoch?
    /// The answer is true of some moment after this one.
    var sentAt: Instant
    /// Why it is asked.
    var needs: ReadNeeds

    /// The same question without a lower limit, asked after the limit could not be met.
    func withoutMinimum(at now: Instant) -> ReadRequest {
        ReadRequest(etag: etag, minimumVersion: nil, epoch: nil, sentAt: now, needs: needs)
    }
}
