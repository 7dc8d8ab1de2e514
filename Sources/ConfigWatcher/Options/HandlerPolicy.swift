/// How many handlers must succeed for a version to be applied. Handlers that are stuck are left out of
/// later versions and do not count; the version a handler is stuck on is refused while it hangs.
public enum HandlerPolicy: Sendable, Equatable {
    /// The first failure refuses the version.
    case all
    /// All are called; the version is refused when fewer than this fraction, of 0...1, succeed.
    case fraction(Double)
}
