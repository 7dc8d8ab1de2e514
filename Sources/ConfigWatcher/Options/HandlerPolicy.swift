/// How many handlers must succeed for a version to be applied. Handlers that are stuck were not called and do not count.
public enum HandlerPolicy: Sendable, Equatable {
    /// The first failure refuses the version.
    case all
    /// All are called; the version is refused when fewer than this fraction succeed.
    case fraction(Double)
}
