import ConfigModel
package import RegistryAPI

extension RegistryClient {
    /// Who the caller is to the registry, and what it may do.
    package func access() async throws(RegistryClientError) -> IdentityFacts {
        let response = try await read(RegistryRequest(path: APIPath.access))
        return try decoded { () throws(InvalidResponse) in try IdentityFacts(response.body) }
    }

    /// Refuses an identity, or one token of it, that the registry did not issue.
    package func addDenial(_ denial: DenialRequest) async throws(RegistryClientError) -> DenialFacts {
        let response = try await read(denial.request, accepting: [201])
        return try decoded { () throws(InvalidResponse) in try DenialFacts(response.body) }
    }

    /// All denials.
    package func denials() async throws(RegistryClientError) -> [DenialFacts] {
        let response = try await read(
            RegistryRequest(path: APIPath.denials, maximumResponse: APILimits.listResponse))
        return try decoded { () throws(InvalidResponse) in try DenialFacts.list(response.body) }
    }

    /// Removes a denial.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is none.
    package func removeDenial(_ id: String) async throws(RegistryClientError) {
        _ = try await read(RegistryRequest(method: .delete, path: APIPath.denial(id)))
    }

    /// A page of the access log, newest first.
    package func accessLog(_ log: AccessLogRequest) async throws(RegistryClientError) -> Page<AccessLogLine> {
        let response = try await read(log.request)
        return Page(
            elements: try decoded { () throws(InvalidResponse) in try AccessLogLine.list(response.body) },
            next: try nextCursor(of: response))
    }

    /// The public keys whose signatures versions carry, as the registry says.
    package func signingKeys() async throws(RegistryClientError) -> [SigningKeyFacts] {
        let response = try await read(RegistryRequest(path: APIPath.keys))
        return try decoded { () throws(InvalidResponse) in try SigningKeyFacts.list(response.body) }
    }

    /// A page of what was changed, newest first.
    package func changes(_ audit: AuditRequest) async throws(RegistryClientError) -> Page<AuditedChange> {
        let response = try await read(audit.request)
        return Page(
            elements: try decoded { () throws(InvalidResponse) in try AuditedChange.list(response.body) },
            next: try nextCursor(of: response), damaged: DamagedNames(response.header(.configDamaged)).named)
    }
}
