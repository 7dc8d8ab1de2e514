/// How large the content of a document may be.
public struct ContentLimits: Sendable, Equatable {
    /// No limit in bytes can be set higher than this: 8 MiB.
    public static let byteCeiling = 8 << 20

    /// 1 MiB of canonical bytes and 64 levels.
    public static let `default` = ContentLimits()

    /// Longest canonical form in bytes.
    public let maximumBytes: Int

    /// Deepest nesting; `{}` has depth 1.
    public let maximumDepth: Int

    /// Makes limits; the bytes are brought into 2...8 MiB, the depth into 1...64.
    public init(maximumBytes: Int = 1 << 20, maximumDepth: Int = 64) {
        self.maximumBytes = min(max(2, maximumBytes), Self.byteCeiling)
        self.maximumDepth = min(max(1, maximumDepth), 64)
    }

    /// What may be read to make such content: white space and escapes can make the input longer than the canonical form.
    var input: JSONLimits { JSONLimits(maximumBytes: maximumBytes * 8, maximumDepth: maximumDepth) }
}
