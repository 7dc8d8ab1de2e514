import CRabbitMQ
package import EventBus
import Glibc

extension AMQPConnection {
    /// Opens a connection to the first server of a URI, for a caller that waits for its socket itself.
    ///
    /// - Parameters:
    ///   - exchange: the topic exchange that is published to.
    ///   - name: what the broker's administrator sees.
    package static func open(uri: String, exchange: String, name: String) throws(BusError) -> AMQPConnection {
        let settings = SessionSettings(
            source: AddressSource(try AMQPAddress(parsing: uri)), exchange: exchange, connectionName: name,
            options: RabbitBusOptions())
        return try open(settings, at: settings.address.endpoints[0], watchdog: CallWatchdog())
    }

    /// Connects, logs in and opens the channel; takes at most the limits in the options and the name lookup.
    static func open(
        _ settings: SessionSettings, at endpoint: AMQPAddress.Endpoint, watchdog: CallWatchdog
    ) throws(BusError) -> AMQPConnection {
        let connection = try AMQPConnection(settings: settings, endpoint: endpoint, watchdog: watchdog)
        try connection.connect(to: endpoint)
        try connection.logIn()
        try connection.openChannel()
        return connection
    }

    /// Opens the channel, also anew after the broker closed it.
    func openChannel() throws(BusError) {
        _ = watchdog.watching { amqp_channel_open(handle, Self.channel) }
        try check(amqp_get_rpc_reply(handle), "The broker at \(broker) opened no channel")
    }

    /// Says goodbye to the broker, so that it need not find out; waits shortly for its response.
    package func close() {
        setLimit(settings.options.closingTimeout, amqp_set_rpc_timeout)
        // Whatever the response, the connection is destroyed now.
        _ = watchdog.watching { amqp_connection_close(handle, AMQP_REPLY_SUCCESS) }
    }

    private func connect(to endpoint: AMQPAddress.Endpoint) throws(BusError) {
        let socket = try newSocket()
        var limit = timeval(settings.connectionTimeout)
        let status = watchdog.connecting {
            amqp_socket_open_noblock(socket, endpoint.host, Int32(endpoint.port), &limit)
        }
        if status == AMQP_STATUS_SOCKET_ERROR.rawValue {
            let reason = watchdog.connecting { ConnectAttempt.failure(host: endpoint.host, port: endpoint.port) }
            throw BusError(
                .unavailable, "The broker at \(broker) cannot be reached: \(reason ?? "the connection broke").")
        }
        try check(status, "The broker at \(broker) cannot be reached")
        guard watchdog.adopt(amqp_get_sockfd(handle)), let descriptor = watchdog.socket else {
            throw BusError(.unavailable, "There is no file descriptor left for the connection to the broker.")
        }
        boundSilence(of: descriptor)
        setLimit(settings.options.handshakeTimeout, amqp_set_handshake_timeout)
        setLimit(settings.options.requestTimeout, amqp_set_rpc_timeout)
    }

    private func newSocket() throws(BusError) -> OpaquePointer {
        if let security = settings.address.security {
            return try newSecureSocket(security)
        }
        guard let socket = amqp_tcp_socket_new(handle) else {
            throw BusError(.unavailable, "There is no memory for a connection to the broker.")
        }
        return socket
    }

    private func logIn() throws(BusError) {
        let address = settings.address
        var arena = AMQPArena()
        var properties = arena.table([
            ("product", .text("configbus")),
            ("connection_name", .text(settings.connectionName)),
            // What the broker only sends to a client that says it understands.
            (
                "capabilities",
                .table([
                    ("consumer_cancel_notify", .flag(true)), ("connection.blocked", .flag(true)),
                    ("basic.nack", .flag(true)), ("publisher_confirms", .flag(true)),
                ])
            ),
        ])
        let reply = watchdog.watching {
            address.security?.logsInWithCertificate == true
                ? configbus_amqp_login_external(
                    handle, address.virtualHost, 1, 131_072, Int32(settings.heartbeat.components.seconds), &properties,
                    // The library cannot send an empty text, and the broker looks at the certificate only.
                    address.user.isEmpty ? "-" : address.user)
                : configbus_amqp_login_plain(
                    handle, address.virtualHost, 1, 131_072, Int32(settings.heartbeat.components.seconds), &properties,
                    address.user, address.password.value)
        }
        withExtendedLifetime(arena) {}
        let name = address.user.isEmpty ? "the certificate" : "user '\(address.user)'"
        try check(reply, "The login of \(name) at the broker at \(broker) failed")
    }

    /// Lets the kernel notice a peer that is gone, in both directions.
    private func boundSilence(of descriptor: Int32) {
        let seconds = Int32(settings.options.silenceLimit.components.seconds)
        set(descriptor, TCP_USER_TIMEOUT, seconds * 1_000)
        set(descriptor, TCP_KEEPIDLE, max(1, seconds / 2))
        set(descriptor, TCP_KEEPINTVL, max(1, seconds / 6))
        set(descriptor, TCP_KEEPCNT, 3)
    }

    func set(_ descriptor: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        // These options exist on every kernel that Swift runs on; without them heartbeats still find a dead peer.
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private func setLimit(
        _ limit: Duration, _ setter: (amqp_connection_state_t?, UnsafePointer<timeval>?) -> Int32
    ) {
        var limit = timeval(limit)
        _ = setter(handle, &limit)
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
