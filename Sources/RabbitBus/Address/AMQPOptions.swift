import EventBus

/// The query of an AMQP URI: every option is known, and given once.
struct AMQPOptions {
    private static let known: Set<String> = ["heartbeat", "connection_timeout"]
    private static let knownWithTLS: Set<String> = ["cacertfile", "certfile", "keyfile", "verify", "auth_mechanism"]

    private var values: [String: String] = [:]

    init(_ query: Substring?) throws(BusError) {
        guard let query, !query.isEmpty else { return }
        for part in query.split(separator: "&", omittingEmptySubsequences: false) {
            var name = part
            let value = name.splitOff(after: "=")
            let key = try AMQPAddress.decoded(name, "option")
            guard Self.known.union(Self.knownWithTLS).contains(key) else { throw Self.unknown(key, in: query) }
            guard let value, values[key] == nil else {
                throw BusError(.invalid, "The option '\(key)' in the AMQP URI is given once, as in \(key)=value.")
            }
            values[key] = try AMQPAddress.decoded(value, "option '\(key)'")
        }
    }

    mutating func seconds(_ key: String, _ range: ClosedRange<Int>) throws(BusError) -> Duration? {
        try integer(key, range, "seconds").map { .seconds($0) }
    }

    mutating func milliseconds(_ key: String, _ range: ClosedRange<Int>) throws(BusError) -> Duration? {
        try integer(key, range, "milliseconds").map { .milliseconds($0) }
    }

    mutating func takeSecurity() throws(BusError) -> AMQPSecurity {
        let certificate = values.removeValue(forKey: "certfile")
        let key = values.removeValue(forKey: "keyfile")
        var identity: AMQPSecurity.Identity?
        if let certificate, let key { identity = AMQPSecurity.Identity(certificate: certificate, key: key) }
        guard identity != nil || certificate == nil && key == nil else {
            throw BusError(.invalid, "In the AMQP URI 'certfile' and 'keyfile' come together.")
        }
        let verify = values.removeValue(forKey: "verify") ?? "verify_peer"
        guard verify == "verify_peer" || verify == "verify_none" else {
            throw BusError(.invalid, "The option 'verify' in the AMQP URI is verify_peer or verify_none.")
        }
        let mechanism = values.removeValue(forKey: "auth_mechanism") ?? "plain"
        guard mechanism == "plain" || mechanism == "external" else {
            throw BusError(.invalid, "The option 'auth_mechanism' in the AMQP URI is plain or external.")
        }
        guard mechanism == "plain" || identity != nil else {
            throw BusError(
                .invalid, "With 'auth_mechanism=external' the AMQP URI names the certificate: 'certfile' and 'keyfile'."
            )
        }
        return AMQPSecurity(
            certificateAuthorities: values.removeValue(forKey: "cacertfile"), identity: identity,
            verifiesPeer: verify == "verify_peer", logsInWithCertificate: mechanism == "external")
    }

    /// Call it when every option that applies has been taken.
    func refuseTheRest(isSecure: Bool) throws(BusError) {
        guard let key = values.keys.min() else { return }
        throw BusError(.invalid, "The option '\(key)' in the AMQP URI needs amqps://.")
    }

    private mutating func integer(
        _ key: String, _ range: ClosedRange<Int>, _ unit: String
    ) throws(BusError) -> Int? {
        guard let text = values.removeValue(forKey: key) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw BusError(
                .invalid,
                "The option '\(key)' in the AMQP URI is a number of \(unit) between \(range.lowerBound) and \(range.upperBound)."
            )
        }
        return value
    }

    /// Names the option only when it cannot be a piece of a password with a '?' in it.
    private static func unknown(_ key: String, in query: Substring) -> BusError {
        let isName = key.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
        }
        let name = isName && !key.isEmpty && !query.utf8.contains(UInt8(ascii: "@")) ? " '\(key)'" : ""
        let all = (known.sorted() + knownWithTLS.sorted()).joined(separator: ", ")
        return BusError(
            .invalid,
            "The AMQP URI has an unknown option\(name); known are \(all). Write '%3F' for a '?' inside user or password."
        )
    }
}
