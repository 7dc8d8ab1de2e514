import ConfigModel
import WatcherCore

extension WatcherOptions {
    /// The options with the keys that what comes from this source is checked with.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions` when they do not go together.
    func checked(for source: some ConfigSource) throws(WatcherError) -> WatcherOptions {
        var options = self
        options.trustedKeys = try source.trustedKeys(trustedKeys)
        return options
    }
}

extension ConfigSource {
    /// How often there is a proof that the newest version is known, while everything stands.
    func proofInterval(_ options: WatcherOptions) -> Duration {
        staleAfter.map { $0 / 3 } ?? pollInterval ?? options.pollInterval
    }
}

extension DocumentKey {
    /// The document that an application names.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions`.
    static func watched(_ text: String) throws(WatcherError) -> DocumentKey {
        do {
            return try DocumentKey(parsing: text)
        } catch {
            throw WatcherError(.invalidOptions, error.description)
        }
    }
}
