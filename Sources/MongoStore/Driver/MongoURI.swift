import AsyncSupport
import CMongoC
import ConfigStore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A connection string, read and completed with the options that it does not name itself.
struct MongoURI: ~Copyable {
    /// The database when the path of the URI names none.
    static let defaultDatabase = "configbus"
    /// How the program names itself when the URI names nothing.
    static let applicationName = "configbus-registry"

    let pointer: OpaquePointer
    let database: String
    /// `maxPoolSize`, or what the options say.
    let connections: Int

    private init(owning pointer: OpaquePointer, defaultConnections: Int) {
        self.pointer = pointer
        database = mongoc_uri_get_database(pointer).map { String(cString: $0) } ?? Self.defaultDatabase
        connections = max(
            1, Int(mongoc_uri_get_option_as_int32(pointer, MONGOC_URI_MAXPOOLSIZE, Int32(defaultConnections))))
    }

    static func parse(_ text: String, options: MongoOptions) throws(UnreadableURI) -> MongoURI {
        // What libmongoc says about a bad URI may quote the password, so it is not passed on. Of a text with a NUL it would
        // read only what stands in front of it.
        guard !text.utf8.contains(0) else { throw .unreadable }
        let (result, complaints) = DriverLibrary.quietly { mongoc_uri_new_with_error(text, nil) }
        guard let pointer = result else { throw .unreadable }
        let uri = MongoURI(owning: pointer, defaultConnections: options.connections)
        // The rest of a password with an '@' in it, which must not be shown as the name of a host.
        guard !uri.search.servers.contains("@") else { throw .unreadable }
        try refuse(complaints)
        try uri.refuseEmptyPassword()
        try uri.refuseMissingFiles()
        try uri.refuseUnverified()
        uri.complete(with: options)
        return uri
    }

    deinit { mongoc_uri_destroy(pointer) }

    /// `host:port` of the servers that the URI names.
    private var servers: [String] {
        var names: [String] = []
        var host = mongoc_uri_get_hosts(pointer)
        while let entry = host {
            names.append(
                withUnsafeBytes(of: entry.pointee.host_and_port) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
            host = entry.pointee.next.map { UnsafePointer($0) }
        }
        return names
    }

    /// Where a client looks for a server, and how long.
    var search: ServerSearch {
        let names = servers
        let time = mongoc_uri_get_option_as_int32(pointer, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, 30_000)
        return ServerSearch(
            servers: names.isEmpty ? "the name in the URI" : names.joined(separator: ", "),
            time: .milliseconds(Int64(time)))
    }

    /// A server on another machine, if what is sent to it can be read on the way.
    var plaintextServer: String? {
        // What a name of mongodb+srv leads to is encrypted unless the URI says otherwise.
        guard !mongoc_uri_get_tls(pointer) else { return nil }
        return servers.isEmpty ? "the name in the URI" : servers.first { !Self.isLoopback($0) }
    }

    var holdsPassword: Bool { mongoc_uri_get_password(pointer).map { $0.pointee != 0 } ?? false }

    /// - Parameter server: `host:port`, `[::1]:port` or the path of a socket.
    private static func isLoopback(_ server: String) -> Bool {
        if server.hasPrefix("/") || server.hasPrefix("[::1]") || server.hasPrefix("::1") { return true }
        let host = server.prefix { $0 != ":" }
        return host.lowercased() == "localhost"
            || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// Nothing but the certificate tells a server from another program on the way to it.
    private func refuseUnverified() throws(UnreadableURI) {
        let options = [
            (MONGOC_URI_TLSINSECURE, "tlsInsecure"),
            (MONGOC_URI_TLSALLOWINVALIDCERTIFICATES, "tlsAllowInvalidCertificates"),
            (MONGOC_URI_TLSALLOWINVALIDHOSTNAMES, "tlsAllowInvalidHostnames"),
        ]
        let servers = servers
        guard servers.isEmpty || !servers.allSatisfy(Self.isLoopback) else { return }
        for (option, name) in options where mongoc_uri_get_option_as_bool(pointer, option, false) {
            throw UnreadableURI(
                reason:
                    "\(name) in the MongoDB URI is for a server on this machine: name the CA that signed its certificate "
                    + "with tlsCAFile.")
        }
    }

    private func complete(with options: MongoOptions) {
        setIfAbsent(MONGOC_URI_SERVERSELECTIONTIMEOUTMS, options.connectTimeout)
        setIfAbsent(MONGOC_URI_CONNECTTIMEOUTMS, options.connectTimeout)
        setIfAbsent(MONGOC_URI_SOCKETTIMEOUTMS, options.replyTimeout)
        setIfAbsent(MONGOC_URI_HEARTBEATFREQUENCYMS, .seconds(2))
        mongoc_uri_set_option_as_int32(pointer, MONGOC_URI_MAXPOOLSIZE, Int32(connections))
        setIfAbsent(MONGOC_URI_WAITQUEUETIMEOUTMS, options.connectTimeout)
        for option in [MONGOC_URI_RETRYWRITES, MONGOC_URI_RETRYREADS] where !mongoc_uri_has_option(pointer, option) {
            mongoc_uri_set_option_as_bool(pointer, option, true)
        }
        if mongoc_uri_get_appname(pointer) == nil { mongoc_uri_set_appname(pointer, Self.applicationName) }
    }

    private func setIfAbsent(_ option: String, _ duration: Duration) {
        guard !mongoc_uri_has_option(pointer, option) else { return }
        mongoc_uri_set_option_as_int32(pointer, option, Int32(clamping: duration.milliseconds))
    }

    /// libmongoc passes over an option that it does not know, so that a typing mistake in one would change what it does.
    private static func refuse(_ complaints: [String]) throws(UnreadableURI) {
        for complaint in complaints where complaint.hasPrefix("Unsupported ") {
            let parts = complaint.split(separator: "\"", omittingEmptySubsequences: false)
            guard parts.count > 2 else { continue }
            throw UnreadableURI(
                reason: complaint.hasPrefix("Unsupported URI option")
                    ? "There is no option '\(parts[1])' of a MongoDB URI."
                    : "The value of the option '\(parts[1])' in the MongoDB URI is none that it can have.")
        }
    }

    /// libmongoc before 1.27 crashes when it authenticates with one.
    private func refuseEmptyPassword() throws(UnreadableURI) {
        guard mongoc_uri_get_username(pointer) != nil, let password = mongoc_uri_get_password(pointer),
            password.pointee == 0
        else { return }
        throw UnreadableURI(reason: "The MongoDB URI names a user with an empty password: add the password.")
    }

    /// libmongoc before 1.28 crashes when a certificate file is missing.
    private func refuseMissingFiles() throws(UnreadableURI) {
        for option in [MONGOC_URI_TLSCAFILE, MONGOC_URI_TLSCERTIFICATEKEYFILE] {
            guard let value = mongoc_uri_get_option_as_utf8(pointer, option, nil) else { continue }
            let path = String(cString: value)
            guard access(path, R_OK) == 0 else {
                throw UnreadableURI(
                    reason: "The file that \(option) in the MongoDB URI names cannot be read: \(path).")
            }
        }
    }
}

/// A URI that cannot be used, whatever the server says.
package struct UnreadableURI: Error {
    /// A sentence without the URI.
    package let reason: String

    static let unreadable = UnreadableURI(
        reason: """
            The MongoDB URI cannot be read. It looks like mongodb://host1,host2/database?replicaSet=name; \
            a user or password with one of : / ? # [ ] @ % in it must be percent-encoded.
            """)
}
