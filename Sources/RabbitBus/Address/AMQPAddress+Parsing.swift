import EventBus

extension AMQPAddress {
    /// Reads `amqp://user:password@host:port/vhost?heartbeat=10&connection_timeout=5000`.
    ///
    /// - `amqps` speaks TLS. Default ports 5672 and 5671. Several nodes of one broker: `host1,host2:5673`.
    /// - Without user and password: `guest`. Everything may be percent-encoded.
    /// - No path, or `/` alone, is the virtual host `/`; `/%2F` too; a `/` inside a name is written `%2F`.
    /// - `heartbeat` in seconds, `connection_timeout` in milliseconds; with `amqps` also `cacertfile`, `certfile`,
    ///   `keyfile`, `verify` (`verify_peer`, or `verify_none` on this machine) and `auth_mechanism` (`plain`, or `external` to
    ///   log in with the certificate; a user is then named without a password, if at all).
    ///
    /// Messages never quote the URI: a mistake may have put a piece of the password anywhere in it.
    init(parsing uri: String) throws(BusError) {
        var rest = uri[...]
        let isSecure = try Self.takeScheme(of: &rest)
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw BusError(.invalid, "The AMQP URI contains a blank or a control character: write it percent-encoded.")
        }
        guard !rest.utf8.contains(UInt8(ascii: "#")) else {
            throw BusError(.invalid, "The AMQP URI contains '#': write '%23' if it belongs to the password.")
        }
        let query = rest.splitOff(after: "?")
        let path = rest.splitOff(after: "/")
        var options = try AMQPOptions(query)
        security = isSecure ? try options.takeSecurity() : nil
        let login = try Self.takeLogin(from: &rest, byCertificate: security?.logsInWithCertificate ?? false)
        user = login.user
        password = Password(value: login.password)
        endpoints = try Self.endpoints(in: rest, defaultPort: isSecure ? 5_671 : 5_672)
        virtualHost = try Self.virtualHost(path)
        heartbeat = try options.seconds("heartbeat", 1...3_600)
        connectionTimeout = try options.milliseconds("connection_timeout", 1...600_000)
        try options.refuseTheRest(isSecure: isSecure)
        guard let security else { return }
        if security.verifiesPeer { try Self.refuseNumbers(endpoints) } else { try Self.refuseOtherMachines(endpoints) }
    }

    private static func takeScheme(of rest: inout Substring) throws(BusError) -> Bool {
        for (scheme, isSecure) in [("amqp://", false), ("amqps://", true)]
        where rest.prefix(scheme.count).lowercased() == scheme {
            rest.removeFirst(scheme.count)
            return isSecure
        }
        throw BusError(.invalid, "An AMQP URI begins with amqp:// or amqps://, as in amqp://user:password@host:5672/.")
    }

    /// Takes `user:password@` off the front.
    private static func takeLogin(
        from rest: inout Substring, byCertificate: Bool
    ) throws(BusError) -> (user: String, password: String) {
        let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            throw BusError(.invalid, "The AMQP URI contains more than one '@': write '%40' inside user or password.")
        }
        guard parts.count == 2 else { return byCertificate ? ("", "") : ("guest", "guest") }
        rest = parts[1]
        var user = parts[0]
        let password = user.splitOff(after: ":")
        let name = try decoded(user, "user")
        guard (1...255).contains(name.utf8.count) else {
            throw BusError(.invalid, "The user in the AMQP URI has between 1 and 255 bytes.")
        }
        guard byCertificate == (password == nil) else {
            throw BusError(
                .invalid,
                byCertificate
                    ? "With 'auth_mechanism=external' the AMQP URI holds no password: write amqps://user@host, or leave the user out."
                    : "The AMQP URI names a user without a password: write amqp://user:password@host.")
        }
        return (name, try decoded(password ?? "", "password"))
    }

    private static func virtualHost(_ path: Substring?) throws(BusError) -> String {
        guard let path, !path.isEmpty else { return "/" }
        guard !path.utf8.contains(UInt8(ascii: "/")) else {
            throw BusError(.invalid, "The virtual host in the AMQP URI contains '/': write '%2F' inside its name.")
        }
        let name = try decoded(path, "virtual host")
        guard name.utf8.count <= 255 else {
            throw BusError(.invalid, "The virtual host in the AMQP URI has more than 255 bytes.")
        }
        return name
    }
}

extension Substring {
    /// Cuts at the first `separator`, keeps what is before it and returns what is behind; nil when there is none.
    mutating func splitOff(after separator: Character) -> Substring? {
        guard let position = firstIndex(of: separator) else { return nil }
        defer { self = self[..<position] }
        return self[index(after: position)...]
    }
}
