#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The environment variables of this process.
enum ProcessEnvironment {
    /// The value of a variable; nil when it is not set, or no text.
    static func value(of name: String) -> String? { getenv(name).flatMap { String(validatingCString: $0) } }
}
