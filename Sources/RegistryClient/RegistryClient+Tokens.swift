import ConfigModel
package import RegistryAPI

extension RegistryClient {
    /// Makes a token. Its text is in this answer only.
    ///
    /// An attempt whose answer is lost may have made a token whose text is known to no one; it is listed and can be revoked.
    package func createToken(_ token: TokenCreation) async throws(RegistryClientError) -> IssuedToken {
        let response = try await read(token.request, accepting: [201])
        return try decoded { () throws(InvalidResponse) in try IssuedToken(response.body) }
    }

    /// All tokens within the caller's own grants, ended ones too.
    package func tokens() async throws(RegistryClientError) -> [TokenFacts] {
        let response = try await read(
            RegistryRequest(path: APIPath.tokens, maximumResponse: APILimits.listResponse))
        return try decoded { () throws(InvalidResponse) in try TokenFacts.list(response.body) }
    }

    /// One token.
    package func token(_ id: String) async throws(RegistryClientError) -> TokenFacts {
        let response = try await read(RegistryRequest(path: APIPath.token(id)))
        return try decoded { () throws(InvalidResponse) in try TokenFacts(response.body) }
    }

    /// Revokes a token.
    ///
    /// - Returns: false when it was revoked before.
    package func revokeToken(_ id: String) async throws(RegistryClientError) -> Bool {
        let response = try await read(RegistryRequest(method: .delete, path: APIPath.token(id)))
        return try decoded { () throws(InvalidResponse) in
            try Revocation.read(Revocation.revoked, response.body)
        }
    }

    /// Makes a token with the name and grants of another one, which ends after a while.
    package func rotateToken(_ rotation: TokenRotation) async throws(RegistryClientError) -> IssuedToken {
        let response = try await read(rotation.request, accepting: [201])
        return try decoded { () throws(InvalidResponse) in try IssuedToken(response.body) }
    }

    /// Whose token a text is; nil when it does not count.
    package func checkToken(_ token: String) async throws(RegistryClientError) -> IdentityFacts? {
        let response = try await read(TokenCheck(token).request, accepting: [200, 404])
        guard response.status == 200 else { return nil }
        return try decoded { () throws(InvalidResponse) in try IdentityFacts(response.body) }
    }
}
