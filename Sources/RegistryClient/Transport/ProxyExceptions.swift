#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

/// Hosts that are reached without a proxy, as `NO_PROXY` lists them.
struct ProxyExceptions {
    private let entries: [Substring]

    init(_ list: String) {
        entries = list.split { $0 == "," || $0.isWhitespace }
    }

    func contain(host: String, port: Int) -> Bool {
        let host = host.lowercased()
        return entries.contains { Self.fits($0, host, port) }
    }

    private static func fits(_ entry: Substring, _ host: String, _ port: Int) -> Bool {
        if entry == "*" { return true }
        if let slash = entry.firstIndex(of: "/") {
            return isInside(
                host, network: String(entry[..<slash]), length: Int(entry[entry.index(after: slash)...]))
        }
        var name = entry.lowercased()
        // A single colon, or one behind a bracket, stands before a port; an IPv6 address has several.
        if let colon = name.lastIndex(of: ":"), name[..<colon].last == "]" || name.firstIndex(of: ":") == colon {
            guard Int(name[name.index(after: colon)...]) == port else { return false }
            name = String(name[..<colon])
        }
        if name.hasPrefix("[") && name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        if name.hasPrefix("*.") { name.removeFirst() }
        if name.hasPrefix(".") { name.removeFirst() }
        guard !name.isEmpty else { return false }
        guard host != name else { return true }
        if let bytes = addressBytes(host) { return bytes == addressBytes(name) }
        return host.hasSuffix("." + name)
    }

    private static func isInside(_ host: String, network: String, length: Int?) -> Bool {
        guard let length, let address = addressBytes(host), let network = addressBytes(network),
            address.count == network.count, (0...(8 * network.count)).contains(length)
        else { return false }
        let (whole, bits) = length.quotientAndRemainder(dividingBy: 8)
        guard address.prefix(whole) == network.prefix(whole) else { return false }
        return bits == 0 || (address[whole] ^ network[whole]) >> UInt8(8 - bits) == 0
    }

    /// The bytes of an IP address; nil for a name.
    private static func addressBytes(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}

extension RegistryURL {
    /// Whether the registry is on this machine.
    var isLoopback: Bool {
        let name = host.lowercased()
        return name == "localhost" || name.hasSuffix(".localhost") || name == "::1"
            || ProxyExceptions("127.0.0.0/8").contain(host: name, port: port)
    }
}
