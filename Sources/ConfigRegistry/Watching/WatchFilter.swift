package import ConfigModel

/// Which documents somebody watches: those of the named services or below the prefix (all when neither is given), in the
/// environment (in every one when none is given).
package struct WatchFilter: Sendable, Hashable {
    /// Exactly these services.
    package var services: Set<String>
    /// Services that are this name or lie below it, whole dot-separated segments.
    package var prefix: String?
    package var environment: String?

    package init(services: Set<String> = [], prefix: String? = nil, environment: String? = nil) {
        self.services = services
        self.prefix = prefix
        self.environment = environment
    }

    package func matches(_ key: DocumentKey) -> Bool {
        guard admits(key.environment) else { return false }
        if services.isEmpty && prefix == nil { return true }
        return services.contains(key.service) || prefix.map { Self.isBelow(key.service, $0) } ?? false
    }

    func admits(_ environment: String) -> Bool { self.environment.map { $0 == environment } ?? true }

    private static func isBelow(_ service: String, _ prefix: String) -> Bool {
        service.utf8.starts(with: prefix.utf8)
            && (service.utf8.count == prefix.utf8.count
                || service.utf8[service.utf8.index(service.utf8.startIndex, offsetBy: prefix.utf8.count)]
                    == UInt8(ascii: "."))
    }
}
