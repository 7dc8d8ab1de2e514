public import Logging

/// The HTTP interface of a registry, or of several on one store.
///
/// Every content that is returned was checked against the hash that the registry named, every record against its record
/// hash. Writes are made under a change identifier, so that a write whose response was lost is resolved by asking again and
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
    /// Where the registries are, in the order in which they are preferred, without slashes at their ends.
    public var urls: [String] { endpoints.urls }
    /// The registry that answered last; before any did, the first.
    public var url: String { endpoints.currentURL }
    /// How long one attempt of a call may take.
    public let timeout: Duration

    let endpoints: RegistryEndpoints
    let logger: Logger?

    /// Makes a client of one registry.
    ///
    /// - Parameters:
    ///   - url: `http://host:port` or `https://host:port`, a path prefix may follow.
    ///   - token: sent as `Authorization: Bearer`; nil for a registry without authentication.
    ///   - timeout: how long one attempt of a call may take.
    ///   - proxy: the proxies that lead to registries on other machines.
    ///   - logger: says at debug level which calls are repeated.
    /// - Throws: `RegistryClientError` with code `invalidRequest` when the URL, the token or the proxy cannot be used.
    public init(
        url: String, token: String? = nil, timeout: Duration = .seconds(10), proxy: ProxySettings = .environment,
        logger: Logger? = nil
    ) throws(RegistryClientError) {
        try self.init(urls: [url], token: token, timeout: timeout, proxy: proxy, logger: logger)
    }

    /// Makes a client of several registries on one store; connections are opened when they are needed and kept while they
    /// are used.
    ///
    /// A call goes to the first, and to the next one when a registry cannot be reached, does not answer or answers 503.
    /// Later calls stay with the one that answered; after a minute the first is tried again.
    ///
    /// ```swift
    /// let registry = try RegistryClient(urls: ["http://registry-a:8000", "http://registry-b:8000"])
    /// ```
    ///
    /// - Parameters:
    ///   - urls: one at least, in the order in which they are preferred; each as for `init(url:)`.
    ///   - token: sent as `Authorization: Bearer`; nil for registries without authentication.
    ///   - timeout: how long one attempt of a call at one registry may take.
    ///   - proxy: the proxies that lead to registries on other machines.
    ///   - logger: says at debug level which calls are repeated.
    /// - Throws: `RegistryClientError` with code `invalidRequest` when a URL, the token or a proxy cannot be used.
    public init(
        urls: [String], token: String? = nil, timeout: Duration = .seconds(10), proxy: ProxySettings = .environment,
        logger: Logger? = nil
    ) throws(RegistryClientError) {
        guard !urls.isEmpty else {
            throw RegistryClientError(.invalidRequest, "There is no registry address; name one at least.")
        }
        let token = try token.map(BearerToken.check)
        var endpoints: [RegistryEndpoints.Endpoint] = []
        for url in urls {
            let address = try RegistryURL(url)
            let transport = try NIOTransport(address, token: token, proxy: try proxy.proxy(to: address))
            endpoints.append(RegistryEndpoints.Endpoint(url: address.text, transport: transport))
        }
        self.init(endpoints, timeout: timeout, logger: logger)
    }

    /// Makes a client on transports of the caller's.
    init(_ endpoints: [RegistryEndpoints.Endpoint], timeout: Duration = .seconds(10), logger: Logger? = nil) {
        self.endpoints = RegistryEndpoints(endpoints)
        self.timeout = timeout
        self.logger = logger
    }

    /// Whether an address can be one of a registry.
    ///
    /// - Throws: `RegistryClientError` with code `invalidRequest`.
    package static func check(url: String) throws(RegistryClientError) { _ = try RegistryURL(url) }
}
