/// Names and addresses that never leave the machine.
enum LoopbackAddress {
    /// True for `localhost`, `127.0.0.0/8` and `::1`, without a port and without brackets.
    static func contains(_ host: some StringProtocol) -> Bool {
        host == "localhost" || host == "::1" || isIPv4(host) || host.lowercased() == "localhost"
    }

    /// True for the value of a `Host` header with such a name: `localhost:8000`, `127.0.0.1`, `[::1]:8000`.
    static func containsHost(ofAuthority authority: String) -> Bool {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return false }
            let host = authority[..<end].dropFirst()
            return contains(host) && isPort(authority[end...].dropFirst())
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        return authority[..<colon] != "::1" && contains(authority[..<colon]) && isPort(authority[colon...])
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && UInt16(text.dropFirst()) != nil
    }

    private static func isIPv4(_ host: some StringProtocol) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.utf8.count <= 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }
}
