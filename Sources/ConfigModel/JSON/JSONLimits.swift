/// How much JSON a reader takes.
public struct JSONLimits: Sendable, Equatable {
    /// Nothing is read deeper than this, whatever limit is given: the reader's recursion is bounded.
    public static let depthCeiling = 512

    /// 64 MiB and 72 levels: the 64 of a document's content and 8 for what is wrapped around it.
    public static let `default` = JSONLimits()

    /// Longest input in bytes.
    public let maximumBytes: Int

    /// Deepest nesting; `{}` has depth 1.
    public let maximumDepth: Int

    /// Makes limits; the depth is brought into 1...512.
    public init(maximumBytes: Int = 64 << 20, maximumDepth: Int = 72) {
        self.maximumBytes = max(0, maximumBytes)
        self.maximumDepth = min(max(1, maximumDepth), Self.depthCeiling)
    }
}
