import NIOCore

/// The addresses of the proxies that end TLS for this registry: only they may connect, and what they say about their clients'
/// addresses is believed.
package struct ProxyNetworks: Sendable, Equatable {
    /// A text that names no networks.
    package struct Unreadable: Error, Equatable, CustomStringConvertible {
        let text: String

        package var description: String {
            "'\(text)' is no network: write addresses with the length of their prefix, separated by commas, such as "
                + "10.0.0.0/8,fd00::/8 or 127.0.0.1/32."
        }
    }

    private let networks: [Network]

    /// Reads `10.0.0.0/8,fd00::/8`. An address without a length is that address alone.
    ///
    /// - Throws: `Unreadable`, also for an address with bits behind its prefix, which is a mistake in one of the two.
    package init(parsing text: String) throws(Unreadable) {
        var networks: [Network] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let network = Network(part.trimming(" ")) else { throw Unreadable(text: text) }
            networks.append(network)
        }
        self.networks = networks
    }

    /// True for an address, without a port and without brackets, in one of the networks.
    package func contains(_ address: String) -> Bool {
        guard let bytes = NetworkAddress.bytes(address) else { return false }
        return networks.contains { $0.contains(bytes) }
    }

    /// The address of the client behind the proxies: the last one that no proxy of these networks has.
    ///
    /// What stands before it was written by the client itself, which can write anything.
    ///
    /// - Parameters:
    ///   - peer: the address that the connection comes from.
    ///   - forwardedFor: the values of the request's `X-Forwarded-For` headers, in order.
    package func clientAddress(peer: String, forwardedFor: [String]) -> String {
        guard contains(peer) else { return peer }
        var client = peer
        for value in forwardedFor.flatMap({ $0.split(separator: ",") }).reversed() {
            guard let address = Self.address(in: value.trimming(" ")) else { return client }
            client = address
            guard contains(address) else { break }
        }
        return client
    }

    /// `10.0.0.1`, `10.0.0.1:4711`, `::1`, `[::1]`, `[::1]:4711`; nil for what is no address.
    private static func address(in text: Substring) -> String? {
        var host = text
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]") else { return nil }
            host = host[host.index(after: host.startIndex)..<end]
        } else if host.count(where: { $0 == ":" }) == 1, let colon = host.firstIndex(of: ":") {
            host = host[..<colon]
        }
        return NetworkAddress.bytes(String(host)).map { _ in String(host) }
    }
}

/// A network: the first bits of an address.
private struct Network: Sendable, Equatable {
    let bytes: [UInt8]
    let length: Int

    init?(_ text: Substring) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, let bytes = NetworkAddress.bytes(String(address)) else { return nil }
        let bits = bytes.count * 8
        if parts.count == 1 {
            length = bits
        } else {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]),
                (0...bits).contains(length)
            else { return nil }
            self.length = length
        }
        self.bytes = bytes
        guard contains(bytes), (length..<bits).allSatisfy({ !Self.bit($0, of: bytes) }) else { return nil }
    }

    func contains(_ address: [UInt8]) -> Bool {
        address.count == bytes.count && (0..<length).allSatisfy { Self.bit($0, of: bytes) == Self.bit($0, of: address) }
    }

    private static func bit(_ index: Int, of bytes: [UInt8]) -> Bool { bytes[index / 8] & (0x80 >> (index % 8)) != 0 }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> Substring {
        var text = drop { $0 == character }
        while text.last == character { text.removeLast() }
        return text
    }
}
