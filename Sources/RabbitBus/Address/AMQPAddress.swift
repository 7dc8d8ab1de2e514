import EventBus

/// What an AMQP URI says: where the broker is, who logs in, and how.
struct AMQPAddress: Sendable, Equatable {
    /// One node of the broker.
    struct Endpoint: Sendable, Equatable, CustomStringConvertible {
        let host: String
        let port: Int

        var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// The nodes, tried one after the other; never empty.
    let endpoints: [Endpoint]
    /// Empty when only the certificate says who logs in.
    let user: String
    let password: Password
    let virtualHost: String
    /// nil: without TLS.
    let security: AMQPSecurity?
    /// nil: not said.
    let heartbeat: Duration?
    /// nil: not said.
    let connectionTimeout: Duration?
}

extension AMQPAddress: CustomStringConvertible {
    /// The address without the password.
    var description: String {
        let scheme = security == nil ? "amqp" : "amqps"
        return "\(scheme)://\(user)@\(endpoints.map(\.description).joined(separator: ","))/\(virtualHost)"
    }
}
