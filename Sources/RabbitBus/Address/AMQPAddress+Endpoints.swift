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

    /// Nothing but the certificate tells the broker from another program on the way to it.
    static func refuseOtherMachines(_ endpoints: [Endpoint]) throws(BusError) {
        for endpoint in endpoints where !endpoint.isLoopback {
            throw BusError(
                .invalid,
                "'verify_none' in the AMQP URI is for a broker on this machine: name the CA that signed the broker's "
                    + "certificate with 'cacertfile'.")
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

    fileprivate static func isLoopbackNumber(_ host: String) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { address in
            if inet_pton(AF_INET, host, address.baseAddress) == 1 { return address[0] == 127 }
            guard inet_pton(AF_INET6, host, address.baseAddress) == 1 else { return false }
            return address.dropLast().allSatisfy { $0 == 0 } && address[15] == 1
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

extension AMQPAddress.Endpoint {
    /// Whether it is on this machine.
    var isLoopback: Bool { host.lowercased() == "localhost" || AMQPAddress.isLoopbackNumber(host) }
}

extension AMQPAddress {
    /// A node on another machine, if what is sent to it can be read on the way.
    var plaintextEndpoint: Endpoint? { security == nil ? endpoints.first { !$0.isLoopback } : nil }
}
