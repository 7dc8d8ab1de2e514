public import ConfigModel

/// What a registry says about itself.
public struct RegistryHealth: Sendable, Equatable {
    /// How it is.
    public enum Status: String, Sendable {
        /// Everything works.
        case healthy
        /// It serves, but something needs attention.
        case degraded
        /// It cannot serve.
        case unhealthy
    }

    /// How it is.
    public let status: Status
    /// All that it said: counters, the state of its store and bus.
    public let details: JSONObject
}
