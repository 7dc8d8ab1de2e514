public import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// When the certificates end that registries at `https://` show; those that cannot be reached are left out.
    package func certificateEnds() async -> [(url: String, end: Timestamp)] { await endpoints.certificateEnds() }

    /// What the registry says about itself and what it depends on.
    ///
    /// - Throws: `RegistryClientError` when it does not answer; a registry that is not healthy is no error.
    public func health() async throws(RegistryClientError) -> HealthResponse {
        let response = try await read(
            RegistryRequest(path: APIPath.health), accepting: HealthResponse.httpStatuses)
        return try decoded { () throws(InvalidResponse) in try HealthResponse(response.body) }
    }

    /// Whether the registry can serve; needs no token.
    ///
    /// - Throws: `RegistryClientError` when it does not answer; a registry that is not ready is no error.
    public func readiness() async throws(RegistryClientError) -> ReadinessResponse {
        let response = try await read(
            RegistryRequest(path: APIPath.readiness), accepting: ReadinessResponse.httpStatuses)
        return try decoded { () throws(InvalidResponse) in
            try ReadinessResponse(status: response.status, body: response.body)
        }
    }

    /// The registry's counters.
    ///
    /// - Throws: `RegistryClientError` when it does not answer.
    public func statistics() async throws(RegistryClientError) -> JSONObject {
        let response = try await read(RegistryRequest(path: APIPath.statistics))
        return try decoded { () throws(InvalidResponse) in try ResponseJSON.object(response.body) }
    }
}
