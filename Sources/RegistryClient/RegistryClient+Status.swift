public import ConfigModel

extension RegistryClient {
    /// What the registry says about itself and what it depends on.
    public func health() async throws(RegistryClientError) -> RegistryHealth {
        let response = try await read(RegistryRequest(path: "/health"), accepting: [200, 503])
        let details = try answers.object(response.body)
        return try answers.fields { () throws(JSONFieldError) in
            let status = try details.answered("status") { RegistryHealth.Status(rawValue: $0) }
            return RegistryHealth(status: status, details: details)
        }
    }

    /// The registry's counters.
    public func statistics() async throws(RegistryClientError) -> JSONObject {
        try answers.object(try await read(RegistryRequest(path: "/stats")).body)
    }
}
