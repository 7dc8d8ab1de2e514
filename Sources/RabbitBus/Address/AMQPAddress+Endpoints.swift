import EventBus
import Glibc

extension AMQPAddress {
    /// Reads `host:port,host,[::1]:5672`.
    static func endpoints(in text: Substring, defaultPort: Int) throws(BusError) -> [Endpoint] {
        var endpoints: [Endpoint] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            endpoints.append(try endpoint(part, defaultPort: defaultPort))
        }
        return endpoints
    }

    /// TLS checks the name in the broker's certificate, and the library compares it with names only.
    static func refuseNumbers(_ endpoints: [Endpoint]) throws(BusError) {
        for endpoint in endpoints where isNumber(endpoint.host) {
            throw BusError(
                .invalid,
                "With amqps the broker is named by its host name, not by a number: the certificate is checked against it."
            )
        }
    }

    private static func endpoint(_ text: Substring, defaultPort: Int) throws(BusError) -> Endpoint {
        var host = text
        var port: Substring?
        if host.first == "[" {
            host.removeFirst()
            let behind = host.splitOff(after: "]")
            guard let behind, behind.isEmpty || behind.first == ":", isNumber(String(host)), host.contains(":") else {
                throw BusError(.invalid, "An IPv6 address in the AMQP URI is written as in amqp://[::1]:5672/.")
            }
            port = behind.isEmpty ? nil : behind.dropFirst()
        } else {
            port = host.splitOff(after: ":")
        }
        guard !host.isEmpty, text.first == "[" || host.utf8.allSatisfy(isHostByte), host.utf8.count <= 255 else {
            throw BusError(
                .invalid,
                "The AMQP URI names no usable host (letters, digits, '.', '-' and '_'): amqp://user:password@host/.")
        }
        guard let port else { return Endpoint(host: String(host), port: defaultPort) }
        guard port.utf8.allSatisfy(isDigit), let number = Int(port), (1...65_535).contains(number) else {
            throw BusError(.invalid, "The port in the AMQP URI is a number between 1 and 65535.")
        }
        return Endpoint(host: String(host), port: number)
    }

    /// Whether the host is an IPv4 or IPv6 address.
    private static func isNumber(_ host: String) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { address in
            inet_pton(AF_INET, host, address.baseAddress) == 1 || inet_pton(AF_INET6, host, address.baseAddress) == 1
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: isDigit(byte)
        }
    }
}
