public import Logging

/// A registry's HTTP interface.
///
/// Every content that is returned was checked against the hash that the registry named, every record against its record
/// hash. Writes are made under a change identifier, so that a write whose answer was lost is resolved by asking again and
/// never happens twice.
///
/// ```swift
/// let registry = try RegistryClient(url: "http://127.0.0.1:8000")
/// switch try await registry.head(of: DocumentKey(service: "parsing", environment: "prod")) {
/// case .content(let served): print(served.version, served.content.hash)
/// case .deleted, .unknown, .notModified: break
/// }
/// ```
public struct RegistryClient: Sendable {
    /// Where the registry is, without a slash at the end.
    public let url: String
    /// How long one attempt of a call may take.
    public let timeout: Duration

    let connections: RegistryConnections
    let logger: Logger?

    /// Makes a client; connections are opened when they are needed and kept while they are used.
    ///
    /// - Parameters:
    ///   - url: `http://host:port` or `https://host:port`, a path prefix may follow.
    ///   - token: sent as `Authorization: Bearer`; nil for a registry without authentication.
    ///   - timeout: how long one attempt of a call may take.
    ///   - logger: told about repeated attempts at debug level.
    /// - Throws: `RegistryClientError` with code `invalidRequest` when the URL or the token cannot be used.
    public init(
        url: String, token: String? = nil, timeout: Duration = .seconds(10), logger: Logger? = nil
    ) throws(RegistryClientError) {
        let address = try RegistryURL(url)
        self.url = address.text
        self.timeout = timeout
        self.connections = try RegistryConnections(address, token: try token.map(BearerToken.check))
        self.logger = logger
    }

    /// Whether an address can be one of a registry.
    ///
    /// - Throws: `RegistryClientError` with code `invalidRequest`.
    package static func check(url: String) throws(RegistryClientError) { _ = try RegistryURL(url) }
}
