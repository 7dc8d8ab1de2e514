import ArgumentParser

/// The flags of `serve`. All are optional here; defaults are in `ServeSettings`.
struct ServeOptions: ParsableArguments {
    @Option(help: "The address to listen on. (default: 127.0.0.1)") var host: String?
    @Option(help: "The port to listen on; 0 takes a free one. (default: 8000)") var port: Int?
    @Option(help: "Where the embedded store keeps its file. (default: configbus-data)", completion: .directory)
    var dataDir: String?
    @Option(help: "Keep versions in this MongoDB; the path names the database. [CONFIGBUS_MONGODB_URI]")
    var mongodbURI: String?
    @Option(help: "Announce changes over this RabbitMQ. [CONFIGBUS_AMQP_URI]") var amqpURI: String?
    @Option(help: "A file that holds the address of the MongoDB. [CONFIGBUS_MONGODB_URI_FILE]", completion: .file())
    var mongodbURIFile: String?
    @Option(help: "A file that holds the address of the RabbitMQ. [CONFIGBUS_AMQP_URI_FILE]", completion: .file())
    var amqpURIFile: String?
    @Option(help: "The topic exchange. (default: config.changes)") var exchange: String?
    @Option(help: "Content up to this many bytes travels inside its event. (default: 65536)") var inlineLimit: Int?
    @Option(help: "The largest canonical content in bytes, at most 8 MiB. (default: 1048576)")
    var maxContentBytes: Int?
    @Option(help: "Keep so many of the newest versions of a document, 10 at least; older ones go. (default: all)")
    var keepVersions: Int?
    @Option(help: "Keep versions for so many days, 7 at least; older ones go. (default: for ever)") var keepDays: Int?
    @Option(help: "A file with the Ed25519 key that signs versions.", completion: .file()) var signingKey: String?
    @Option(
        help: "The public keys of audits, whose checkpoints are kept: one base64 key a line.", completion: .file())
    var auditKeys: String?
    @Option(help: "Whether callers need a credential: auto, required or off. (default: auto)") var auth: String?
    @Option(
        help: "Make the first token and write it to this new file, when no token administers everything.",
        completion: .file())
    var bootstrapFile: String?
    @Option(
        help: "Serve HTTPS with this certificate, PEM, followed by those that lead to its CA.", completion: .file())
    var tlsCert: String?
    @Option(help: "The certificate's private key, PEM.", completion: .file()) var tlsKey: String?
    @Option(help: "The CA of client certificates, PEM; no other counts.", completion: .file())
    var tlsClientCa: String?
    @Option(help: "Whether a client needs a certificate: optional or required. (default: optional)")
    var tlsClientAuth: String?
    @Option(help: "TLS ends at a proxy: take connections from these networks only, such as 10.0.0.0/8.")
    var behindTLSProxy: String?
    @Option(help: "Serve /metrics, without a token, at this address too, such as 127.0.0.1:9100.")
    var metricsAddress: String?
    @Option(
        help: "Take the tokens of other issuers (JWT) by this file, JSON or YAML; see securing.md.",
        completion: .file())
    var jwt: String?
    @Option(help: "Whom client certificates stand for, JSON or YAML; see securing.md.", completion: .file())
    var tlsIdentities: String?
    @Option(help: "Reads of one identity: so many a second, so many at once; 0 sets no limit. (default: 5000/10000)")
    var rateRead: String?
    @Option(help: "Versions that one identity makes; 0 sets no limit. (default: 1000/2000)") var rateWrite: String?
    @Option(help: "Lists, histories, diffs and administration of one identity. (default: 50/200)")
    var rateCostly: String?
    @Option(help: "Streams that one identity opens. (default: 50/5000)") var rateStream: String?
    @Option(help: "Credentials of one address that do not count. (default: 20/100)") var rateFailed: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)") var logLevel: String?
    @Option(help: "How lines of the log are written: text or json, one object a line. (default: text)")
    var logFormat: String?
    @Flag(help: "Write a line for every request; without it for those that are slow or fail.") var logRequests = false
    @Option(help: "A JSON, YAML or TOML file with these settings.", completion: .file()) var config: String?

    func settings() throws -> ServeSettings {
        SecretURI.warn(flag: mongodbURI, .mongodb)
        SecretURI.warn(flag: amqpURI, .amqp)
        let flags: [String: String?] = [
            "host": host, "port": port.map { String($0) }, "data-dir": dataDir, "mongodb-uri": mongodbURI,
            "amqp-uri": amqpURI, "mongodb-uri-file": mongodbURIFile, "amqp-uri-file": amqpURIFile, "exchange": exchange,
            "inline-limit": inlineLimit.map { String($0) },
            "keep-versions": keepVersions.map { String($0) }, "keep-days": keepDays.map { String($0) },
            "max-content-bytes": maxContentBytes.map { String($0) }, "signing-key": signingKey, "audit-keys": auditKeys,
            "auth": auth, "bootstrap-file": bootstrapFile,
            "tls-cert": tlsCert, "tls-key": tlsKey, "tls-client-ca": tlsClientCa, "tls-client-auth": tlsClientAuth,
            "behind-tls-proxy": behindTLSProxy, "jwt": jwt, "tls-identities": tlsIdentities,
            "metrics-address": metricsAddress,
            "rate-read": rateRead, "rate-write": rateWrite,
            "rate-costly": rateCostly, "rate-stream": rateStream, "rate-failed": rateFailed,
            "log-level": logLevel, "log-format": logFormat, "log-requests": logRequests ? "true" : nil,
        ]
        return try ServeSettings(flags: flags, file: config)
    }
}
