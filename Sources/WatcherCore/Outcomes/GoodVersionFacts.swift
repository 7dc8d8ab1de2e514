public import ConfigModel

/// A version that `rollback(to:)` can bring back.
public struct GoodVersionFacts: Sendable, Equatable {
    /// Its number; with overlay that of the environment's document, 0 when there is none.
    public let version: Int64
    /// With overlay the version of the default environment's document, 0 when there is none; otherwise nil.
    public let defaultVersion: Int64?
    /// The history that it belongs to.
    public let epoch: Epoch?
    /// The hash of the content as a reader sees it.
    public let contentHash: String
    /// True for the one that ran first since the start.
    public let isInitial: Bool

    /// Describes a version.
    public init(version: Int64, defaultVersion: Int64?, epoch: Epoch?, contentHash: String, isInitial: Bool) {
        self.version = version
        self.defaultVersion = defaultVersion
        self.epoch = epoch
        self.contentHash = contentHash
        self.isInitial = isInitial
    }
}
