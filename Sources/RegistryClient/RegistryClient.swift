package import ConfigModel
public import Logging
import Tracing

/// The HTTP interface of a registry, or of several on one store.
///
/// Every content that is returned was checked against the hash that the registry named, every record against its record
/// hash. Writes are made under a change identifier, so that a write whose response was lost is resolved by asking again and
/// never happens twice. A write takes part in the trace of the task that makes it (`ServiceContext.current`,
/// swift-distributed-tracing), where the tracer names it as W3C Trace Context does.
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

    /// Whether what comes from the registries proves that a version is the newest. Between here and a registry at `http://` on
    /// another machine anybody could go on answering with an old one.
    public let provesFreshness: Bool

    let endpoints: RegistryEndpoints
    let logger: Logger?

    /// The trace that writes belong to where the running task is in none.
    package var trace: TraceContext?
    /// Names the trace that the running task is in; nil for the one of `InstrumentationSystem`.
    var instrument: (any Instrument)?

    /// Makes a client of one registry.
    ///
    /// - Parameters:
    ///   - url: `http://host:port` or `https://host:port`, a path prefix may follow.
    ///   - credentials: how the client says who it is; `.none` for a registry without authentication.
    ///   - tls: whose certificates are trusted at `https://`, and the client's own: `RegistryTLS()` of the product
    ///     `RegistryClientTLS`. Required there.
    ///   - allowsPlaintext: true when the way to a registry at `http://` on another machine is trusted (a mesh): a token may be
    ///     sent over it, and what comes over it proves that a version is the newest.
    ///   - timeout: how long one attempt of a call may take.
    ///   - proxy: the proxies that lead to registries on other machines.
    ///   - logger: says at debug level which calls are repeated.
    /// - Throws: `RegistryClientError` with code `invalidRequest` when the URL, the credentials, a file or the proxy
    ///   cannot be used, and when a token would be sent where others can read it.
    public init(
        url: String, credentials: RegistryCredentials = .none, tls: RegistryTLS? = nil,
        allowsPlaintext: Bool = false, timeout: Duration = .seconds(10), proxy: ProxySettings = .environment,
        logger: Logger? = nil
    ) throws(RegistryClientError) {
        try self.init(
            urls: [url], credentials: credentials, tls: tls, allowsPlaintext: allowsPlaintext, timeout: timeout,
            proxy: proxy, logger: logger)
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
    ///   - credentials: how the client says who it is; `.none` for registries without authentication.
    ///   - tls: as for `init(url:)`.
    ///   - allowsPlaintext: as for `init(url:)`.
    ///   - timeout: how long one attempt of a call at one registry may take.
    ///   - proxy: the proxies that lead to registries on other machines.
    ///   - logger: says at debug level which calls are repeated.
    /// - Throws: `RegistryClientError` with code `invalidRequest` as for `init(url:)`.
    public init(
        urls: [String], credentials: RegistryCredentials = .none, tls: RegistryTLS? = nil,
        allowsPlaintext: Bool = false, timeout: Duration = .seconds(10), proxy: ProxySettings = .environment,
        logger: Logger? = nil
    ) throws(RegistryClientError) {
        guard !urls.isEmpty else {
            throw RegistryClientError(.invalidRequest, "There is no registry address; name one at least.")
        }
        var endpoints: [RegistryEndpoints.Endpoint] = []
        var provesFreshness = true
        for url in urls {
            let address = try RegistryURL(url)
            if !address.isPrivate, !allowsPlaintext {
                guard credentials == .none else { throw .tokenInPlaintext(to: address) }
                provesFreshness = false
            }
            let transport = try NIOTransport(
                address, credentials: credentials, proxy: try proxy.proxy(to: address), tls: tls)
            endpoints.append(RegistryEndpoints.Endpoint(url: address.text, transport: transport))
        }
        self.init(endpoints, provesFreshness: provesFreshness, timeout: timeout, logger: logger)
    }

    /// Makes a client on transports of the caller's.
    init(
        _ endpoints: [RegistryEndpoints.Endpoint], provesFreshness: Bool = true, timeout: Duration = .seconds(10),
        logger: Logger? = nil
    ) {
        self.provesFreshness = provesFreshness
        self.endpoints = RegistryEndpoints(endpoints)
        self.timeout = timeout
        self.logger = logger
    }

    /// Whether an address can be one of a registry.
    ///
    /// - Throws: `RegistryClientError` with code `invalidRequest`.
    package static func check(url: String) throws(RegistryClientError) { _ = try RegistryURL(url) }

    /// Whether what is sent to a registry, and what comes from there, can be read and changed on the way.
    ///
    /// - Throws: `RegistryClientError` with code `invalidRequest` when it can be no address.
    package static func isPlaintext(url: String) throws(RegistryClientError) -> Bool { try !RegistryURL(url).isPrivate }
}
