public import ConfigModel

/// A question about one document's newest version.
public struct HeadQuestion: Sendable, Equatable {
    /// Which document.
    public var key: DocumentKey
    /// The ETag of the version that the caller has; answered by `.notModified` while it is the newest.
    public var ifNoneMatch: String?
    /// Nothing older is answered.
    public var minimumVersion: Int64?
    /// The epoch that `minimumVersion` belongs to.
    public var epoch: Epoch?

    /// Puts a question together.
    public init(
        _ key: DocumentKey, ifNoneMatch: String? = nil, minimumVersion: Int64? = nil, epoch: Epoch? = nil
    ) {
        self.key = key
        self.ifNoneMatch = ifNoneMatch
        self.minimumVersion = minimumVersion
        self.epoch = epoch
    }
}
