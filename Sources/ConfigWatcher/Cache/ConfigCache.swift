/// Where a watcher keeps what ran last, so that it can start while the registry is away.
public struct ConfigCache: Sendable, Equatable {
    let directory: String?

    /// Nothing is kept.
    public static let none = ConfigCache(directory: nil)

    /// One file a watcher in this directory, which is made when it is not there. Its files are readable for the owner
    /// only. Watchers of several processes may share it.
    public static func directory(_ path: String) -> ConfigCache { ConfigCache(directory: path) }
}
