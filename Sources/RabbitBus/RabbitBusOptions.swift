/// The limits and periods of the bus; the defaults are what production needs, tests make some of them shorter.
package struct RabbitBusOptions: Sendable {
    /// How often each side proves that it is alive. Below 5 s a busy machine gives false alarms.
    package var heartbeat: Duration = .seconds(10)
    /// The limit for opening a TCP (and TLS) connection to one node.
    package var connectionTimeout: Duration = .seconds(5)
    /// The limit for the login.
    package var handshakeTimeout: Duration = .seconds(5)
    /// The limit for the response to a declaration, a binding and the like.
    package var requestTimeout: Duration = .seconds(10)
    /// The limit for the response to the farewell.
    package var closingTimeout: Duration = .seconds(2)
    /// How long the network may leave sent bytes unacknowledged, and an idle connection silent.
    package var silenceLimit: Duration = .seconds(20)
    /// How long a call into the library may take before the connection is cut.
    package var hangLimit: Duration = .seconds(20)
    /// How long a published message may stay unconfirmed.
    package var confirmTimeout: Duration = .seconds(30)
    /// How many published messages may be unconfirmed at a time.
    package var publishWindow = 256
    /// The largest body that a subscription hands on.
    package var bodyLimit = 16 << 20
    /// How often a subscription binds its patterns again, in case the exchange was deleted.
    package var bindingPeriod: Duration = .seconds(60)
    /// The first pause before connecting again; a pause is random between zero and a limit that doubles each time.
    package var firstPause: Duration = .milliseconds(100)
    /// The longest pause before connecting again.
    package var longestPause: Duration = .seconds(10)

    /// What a session does when the exchange does not exist.
    package var missingExchange: MissingExchange = .makeAndWarn

    /// The defaults.
    package init() {}
}

/// What a session does when its exchange does not exist.
package enum MissingExchange: Sendable {
    /// It is made: registries announce on it.
    case make
    /// It is made, because a registry may start later; a subscription says so, because the name may be wrong and then
    /// nothing will ever arrive.
    case makeAndWarn
    /// The session fails with `.missing` and makes nothing: for a diagnosis.
    case refuse
}
