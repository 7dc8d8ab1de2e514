import ConfigModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

/// Through which proxies registries are reached. A registry on this machine never is.
public struct ProxySettings: Sendable, Equatable {
    private let http: String?
    private let https: String?
    private let exceptions: String

    /// Proxies of the caller's choice.
    ///
    /// - Parameters:
    ///   - http: `http://[user:password@]host:port` for registries at `http://`; nil for none.
    ///   - https: the same for registries at `https://`, to which it opens a way with `CONNECT`: it sees no content.
    ///   - exceptions: hosts that are reached directly, separated by commas: names, which stand for what is below them
    ///     too, addresses, networks (`10.0.0.0/8`), each with a port if it is to be that one only, or `*` for all.
    public init(http: String? = nil, https: String? = nil, exceptions: String = "") {
        self.http = http
        self.https = https
        self.exceptions = exceptions
    }

    /// No proxy.
    public static let none = ProxySettings()

    /// What the variables `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say, or those in small letters.
    public static var environment: ProxySettings {
        // In a CGI program HTTP_PROXY is what a client sent as the header Proxy.
        let isCGI = variable("REQUEST_METHOD") != nil
        return ProxySettings(
            http: (isCGI ? nil : variable("HTTP_PROXY")) ?? variable("http_proxy"),
            https: variable("HTTPS_PROXY") ?? variable("https_proxy"),
            exceptions: variable("NO_PROXY") ?? variable("no_proxy") ?? "")
    }

    /// The proxy that leads to a registry; nil when it is reached directly.
    func proxy(to url: RegistryURL) throws(RegistryClientError) -> ProxyAddress? {
        guard let text = url.isEncrypted ? https : http, !text.isEmpty, !url.isLoopback,
            !ProxyExceptions(exceptions).contain(host: url.host, port: url.port)
        else { return nil }
        return try ProxyAddress(text, setting: url.isEncrypted ? "HTTPS_PROXY" : "HTTP_PROXY")
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}

/// Where a proxy is, and how to be let in.
struct ProxyAddress: Sendable, Equatable {
    let host: String
    let port: Int
    /// The `Proxy-Authorization` header; nil when there is neither user nor password.
    let authorization: String?

    /// - Parameter setting: where the text was given, for the error, which does not show the text because of the password.
    init(_ text: String, setting: String) throws(RegistryClientError) {
        let refusal = RegistryClientError(
            .invalidRequest, "\(setting) must be http://[user:password@]host:port, of a proxy that speaks HTTP.")
        var rest = Substring(text)
        if let scheme = rest.firstRange(of: "://") {
            guard rest[..<scheme.lowerBound].lowercased() == "http" else { throw refusal }
            rest = rest[scheme.upperBound...]
        }
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.compactMap { PercentEncoding.decoded($0.utf8) }
            guard decoded.count == parts.count else { throw refusal }
            let pair = decoded[0] + ":" + (decoded.count > 1 ? decoded[1] : "")
            authorization = "Basic \(Base64.encode(Array(pair.utf8)))"
            rest = rest[rest.index(after: at)...]
        } else {
            authorization = nil
        }
        guard let url = try? RegistryURL("http://" + rest), url.path.isEmpty else { throw refusal }
        (host, port) = (url.host, url.port)
    }

    /// Host and port, as a message shows them.
    var shown: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
