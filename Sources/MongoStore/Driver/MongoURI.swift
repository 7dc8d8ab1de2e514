import CMongoC
import ConfigRegistry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A connection string, read and completed with the options that it does not name itself.
struct MongoURI: ~Copyable {
    /// The database when the path of the URI names none.
    static let defaultDatabase = "configbus"

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

    static func parse(_ text: String, options: MongoOptions) throws(StoreError) -> MongoURI {
        // What libmongoc says about a bad URI may quote the password, so it is not passed on. Of a text with a NUL it would
        // read only what stands in front of it.
        guard !text.utf8.contains(0), let pointer = mongoc_uri_new_with_error(text, nil) else {
            throw .invalid(
                """
                The MongoDB URI cannot be read. It looks like mongodb://host1,host2/database?replicaSet=name; \
                a user or password with one of : / ? # [ ] @ % in it must be percent-encoded.
                """)
        }
        let uri = MongoURI(owning: pointer, defaultConnections: options.connections)
        try uri.refuseEmptyPassword()
        try uri.refuseMissingFiles()
        uri.complete(with: options)
        return uri
    }

    deinit { mongoc_uri_destroy(pointer) }

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
        if mongoc_uri_get_appname(pointer) == nil { mongoc_uri_set_appname(pointer, "configbus-registry") }
    }

    private func setIfAbsent(_ option: String, _ duration: Duration) {
        guard !mongoc_uri_has_option(pointer, option) else { return }
        mongoc_uri_set_option_as_int32(pointer, option, Int32(clamping: duration.milliseconds))
    }

    /// libmongoc before 1.27 crashes when it authenticates with one.
    private func refuseEmptyPassword() throws(StoreError) {
        guard mongoc_uri_get_username(pointer) != nil, let password = mongoc_uri_get_password(pointer),
            password.pointee == 0
        else { return }
        throw .invalid("The MongoDB URI names a user with an empty password: add the password.")
    }

    /// libmongoc before 1.28 crashes when a certificate file is missing.
    private func refuseMissingFiles() throws(StoreError) {
        for option in [MONGOC_URI_TLSCAFILE, MONGOC_URI_TLSCERTIFICATEKEYFILE] {
            guard let value = mongoc_uri_get_option_as_utf8(pointer, option, nil) else { continue }
            let path = String(cString: value)
            guard access(path, R_OK) == 0 else {
                throw .invalid("The file that \(option) in the MongoDB URI names cannot be read: \(path).")
            }
        }
    }
}
