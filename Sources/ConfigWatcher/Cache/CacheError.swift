/// Why the cache could not be read or written. A watcher reports it and runs on.
struct CacheError: Error, Sendable, Equatable, CustomStringConvertible {
    let description: String

    static func unreadable(_ path: String, _ reason: String) -> CacheError {
        CacheError(description: "The cache file \(path) cannot be read: \(reason). It is made anew.")
    }

    static func unwritable(_ path: String, _ reason: String) -> CacheError {
        CacheError(
            description:
                "The cache file \(path) cannot be written: \(reason). The service runs on, but would start without "
                + "it while the registry is away. Check space and permissions.")
    }
}
