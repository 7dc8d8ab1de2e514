import NIOCore

/// A registry's address: `http(s)://host[:port][/path]`.
struct RegistryURL: Sendable {
    /// As it was given, without slashes at the end.
    let text: String
    let isEncrypted: Bool
    /// A name or an address; without the brackets of an IPv6 address.
    let host: String
    let port: Int
    /// What stands before the paths of requests; empty or beginning with a slash.
    let path: String

    init(_ text: String) throws(RegistryClientError) {
        let shown = Self.withoutUser(text).prefix(200)
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else {
            throw RegistryClientError(
                .invalidRequest, "'\(shown)' is not a registry address: it must begin with http:// or https://.")
        }
        var address = Substring(text)
        while address.utf8.last == UInt8(ascii: "/") { address.removeLast() }
        let rest = address.utf8.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        isEncrypted = scheme == "https://"
        guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !Self.forbidden.contains($0) }),
            let (host, port) = Self.hostAndPort(Substring(authority)), !host.isEmpty
        else {
            throw RegistryClientError(
                .invalidRequest,
                "'\(shown)' is not a registry address: it must be http(s)://host[:port][/path], without user name, query "
                    + "or fragment.")
        }
        self.text = String(address)
        self.host = host
        self.port = port ?? (isEncrypted ? 443 : 80)
        path = String(Substring(rest[authority.endIndex...]))
    }

    /// For messages: a password may stand before the `@`.
    private static func withoutUser(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let scheme = ["http://", "https://"].first { text.hasPrefix($0) } ?? ""
        return scheme + "..." + text[at...]
    }

    /// The `Host` header: the port is left out where it is the scheme's own (RFC 9110, 7.2).
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Host and port, as `CONNECT` wants them.
    var authorityWithPort: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// The name that the registry's certificate must have; nil for an address, which stands in no handshake (RFC 6066, 3).
    var serverName: String? { (try? SocketAddress(ipAddress: host, port: port)) == nil ? host : nil }

    /// Whether no other machine sees what is sent, or can only see it encrypted.
    var isPrivate: Bool {
        // The name server decides about what is below localhost.
        isEncrypted || isLoopback && !host.lowercased().hasSuffix(".localhost")
    }

    /// Nil when the port is none, or a bracket is missing.
    private static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
        var host = authority
        var port: Int?
        let colon = authority.lastIndex(of: ":")
        if let colon, !authority[colon...].contains("]") {
            let digits = authority[authority.index(after: colon)...]
            // A sign would be taken for part of the number.
            guard let number = UInt16(digits), number > 0, digits.first != "+" else { return nil }
            port = Int(number)
            host = authority[..<colon]
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard isBracketed == host.contains(":") else { return nil }
        return (String(isBracketed ? host.dropFirst().dropLast() : host), port)
    }

    private static let forbidden = Set("@?#\"<>\\^`{|}".utf8)
}

/// What a token may be made of.
enum BearerToken {
    /// Returns the token when it can stand in a header.
    static func check(_ token: String) throws(RegistryClientError) -> String {
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw RegistryClientError(
                .invalidRequest, "The token is empty or holds a space, a line break or a character that is not ASCII.")
        }
        return token
    }
}
