public import ConfigModel

/// What a registry says about itself.
public struct HealthResponse: Sendable, Equatable {
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

extension HealthResponse {
    /// The statuses of HTTP that the response can have.
    package static let httpStatuses: Set<Int> = [200, 503]

    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let details = try ResponseJSON.object(body)
        status = try ResponseJSON.fields { () throws(JSONFieldError) in
            try details.parsed("status") { Status(rawValue: $0) }
        }
        self.details = details
    }
}
