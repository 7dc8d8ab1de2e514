/// What a registry's address may look like.
enum RegistryURL {
    /// Returns the address without slashes at the end.
    static func check(_ text: String) throws(RegistryClientError) -> String {
        let shown = text.prefix(200)
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else {
            throw RegistryClientError(
                .invalidRequest, "'\(shown)' is not a registry address: it must begin with http:// or https://.")
        }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        guard !host.isEmpty, rest.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !Self.forbidden.contains($0) }) else {
            throw RegistryClientError(
                .invalidRequest,
                "'\(shown)' is not a registry address: it must be http(s)://host[:port][/path], without user name, query "
                    + "or fragment.")
        }
        var address = Substring(text)
        while address.utf8.last == UInt8(ascii: "/") { address.removeLast() }
        return String(address)
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
