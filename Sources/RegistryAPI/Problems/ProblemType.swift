/// A kind of refusal or failure: its name is the `type` of the problem document, one stable word by which programs may
/// decide.
///
/// A client also meets words that it does not know, from a newer registry.
public struct ProblemType: Sendable {
    /// The word, for example `unknown` or `version-mismatch`.
    public let name: String
    /// The HTTP status that it has; 0 for a word that is not known.
    package let status: Int
    /// The kind in words; empty for a word that is not known.
    package let title: String
    /// How many seconds a caller should wait before the next attempt, for what passes by itself.
    package let retryAfter: Int?

    init(_ name: String, _ status: Int, _ title: String, retryAfter: Int? = nil) {
        self.name = name
        self.status = status
        self.title = title
        self.retryAfter = retryAfter
    }

    /// The kind of this name, which need not be a known one.
    public init(named name: String) {
        self = Self.all.first { $0.name == name } ?? ProblemType(name, 0, "")
    }
}

extension ProblemType: Hashable {
    /// Kinds are equal when their names are.
    public static func == (left: ProblemType, right: ProblemType) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ProblemType: ExpressibleByStringLiteral, CustomStringConvertible {
    /// The kind of this name.
    public init(stringLiteral name: String) { self.init(named: name) }

    /// The name.
    public var description: String { name }
}
