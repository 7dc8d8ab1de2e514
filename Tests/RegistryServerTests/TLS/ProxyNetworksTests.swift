import Testing

@testable import RegistryServer

/// Who may connect when TLS ends in front of the registry.
@Suite struct ProxyNetworksTests {
    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("127.0.0.1/32", "127.0.0.1", true), ("127.0.0.1/32", "127.0.0.2", false),
            ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false), ("::1/128", "::1", true),
            ("10.0.0.0/8, 192.168.0.0/16", "192.168.3.4", true), ("10.128.0.0/9", "10.127.0.1", false),
            // An IPv4 client of a socket for IPv6.
            ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("10.0.0.0/8", "no address", false),
        ])
    func anAddressIsInANetworkWhenItsFirstBitsAre(_ networks: String, _ address: String, _ isIn: Bool) throws {
        #expect(try ProxyNetworks(parsing: networks).contains(address) == isIn)
    }

    @Test(
        arguments: [
            "", ",", "10.0.0.0/8,", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0.1/8", "fd00::1/8",
            "::/129", "localhost", "10.0.0/8", "[::1]/128",
        ])
    func whatIsNoNetworkIsRefused(_ text: String) {
        #expect(throws: ProxyNetworks.Unreadable.self) { try ProxyNetworks(parsing: text) }
    }

    @Test(
        arguments: [
            ("10.0.0.1", [], "10.0.0.1"), ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", ["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", ["1.1.1.1", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            ("10.0.0.1", ["203.0.113.9:4711"], "203.0.113.9"), ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
            ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"), ("10.0.0.1", ["nonsense"], "10.0.0.1"),
            ("10.0.0.1", ["203.0.113.9, nonsense, 10.0.0.2"], "10.0.0.2"), ("10.0.0.1", ["10.0.0.3"], "10.0.0.3"),
            ("203.0.113.5", ["1.1.1.1"], "203.0.113.5"),
        ] as [(String, [String], String)])
    func theClientsAddressIsTheLastThatNoProxyHasAndOnlyAProxysWordCounts(
        _ peer: String, _ forwardedFor: [String], _ client: String
    ) throws {
        let proxies = try ProxyNetworks(parsing: "10.0.0.0/8")
        #expect(proxies.clientAddress(peer: peer, forwardedFor: forwardedFor) == client)
    }
}
