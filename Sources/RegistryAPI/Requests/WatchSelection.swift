package import ConfigModel

/// Which documents a watch is about: these services and what lies below the prefix, or all when neither is given; of one
/// environment when one is given.
public struct WatchSelection: Sendable, Equatable {
    /// Services by name.
    public var services: [String]
    /// A service and all below it, by whole dot-separated segments.
    public var prefix: String?
    /// Only this environment; nil for all.
    public var environment: String?

    /// Describes a selection; without arguments everything.
    public init(services: [String] = [], prefix: String? = nil, environment: String? = nil) {
        self.services = services
        self.prefix = prefix
        self.environment = environment
    }
}

extension WatchSelection {
    /// True for a document that the selection is about.
    package func includes(_ key: DocumentKey) -> Bool {
        if let environment, key.environment != environment { return false }
        if services.contains(key.service) { return true }
        guard let prefix else { return services.isEmpty }
        return key.service == prefix || key.service.hasPrefix(prefix + ".")
    }
}
