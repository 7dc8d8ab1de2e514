/// Which documents are watched: those of the named services or below the prefix (all when neither is given), in the
/// environment (in every one that is not reserved when none is given).
package struct WatchFilter: Sendable, Hashable {
    /// Exactly these services.
    package var services: Set<String>
    /// Services that are this name or lie below it, whole dot-separated segments.
    package var prefix: String?
    /// Only this environment; nil for all that are not reserved.
    package var environment: String?

    /// Everything by default.
    package init(services: Set<String> = [], prefix: String? = nil, environment: String? = nil) {
        self.services = services
        self.prefix = prefix
        self.environment = environment
    }
}
