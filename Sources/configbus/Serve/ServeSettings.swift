import ArgumentParser
import ConfigAccess
import ConfigModel
import ConfigRegistry
import Configuration
import MongoStore
import RegistryServer

/// The settings of `serve`, from flags, then the environment, then a file.
///
/// ## Configuration keys
/// - `host` (string, optional, default: 127.0.0.1): the address to listen on.
/// - `port` (int, optional, default: 8000): the port to listen on; 0 takes a free one.
/// - `data-dir` (string, optional, default: configbus-data): where the embedded store keeps its file.
/// - `mongodb-uri` (string, optional, secret): a MongoDB to use instead of the embedded store.
/// - `amqp-uri` (string, optional, secret): a RabbitMQ to use instead of the in-process bus.
/// - `mongodb-uri-file`, `amqp-uri-file` (string, optional): files that hold these addresses.
/// - `exchange` (string, optional, default: config.changes): the topic exchange.
/// - `inline-limit` (int, optional, default: 65536): content up to this many bytes travels inside its event.
/// - `max-content-bytes` (int, optional, default: 1048576): the largest canonical content, at most 8 MiB.
/// - `keep-versions` (int, optional): how many of the newest versions of a document are kept, at least 10.
/// - `keep-days` (int, optional): for how many days versions are kept, at least 7.
/// - `signing-key` (string, optional): a file with the Ed25519 key that signs versions.
/// - `audit-keys` (string, optional): a file with the public keys of audits, whose checkpoints are kept.
/// - `auth` (string, optional, default: auto): whether callers need a credential: auto, required or off.
/// - `bootstrap-file` (string, optional): where the first token is written when no administrator is living.
/// - `tls-cert`, `tls-key` (string, optional): the PEM files with which HTTPS is served.
/// - `tls-client-ca` (string, optional): a PEM file with the CA of client certificates.
/// - `tls-client-auth` (string, optional, default: optional): `optional` or `required`.
/// - `behind-tls-proxy` (string, optional): the networks of the proxies in front, at which TLS ends.
/// - `metrics-address` (string, optional): where `/metrics` is served without a token, and nothing else.
/// - `jwt` (string, optional): a file that says which tokens of other issuers count.
/// - `tls-identities` (string, optional): a file that says whom client certificates stand for.
/// - `rate-read`, `rate-write`, `rate-costly`, `rate-stream`, `rate-failed` (string, optional): limits, `1000/2000` or 0.
/// - `log-level` (string, optional, default: info): trace, debug, info, notice, warning, error or critical.
/// - `log-format` (string, optional, default: text): `text` or `json`.
/// - `log-requests` (string, optional, default: false): `true` for a line for every request.
///
/// In the environment a key is written `CONFIGBUS_MONGODB_URI`; in the file `mongodb-uri`.
struct ServeSettings: Sendable {
    var host: String
    var port: Int
    var dataDirectory: String
    var mongodbURI: String?
    var amqpURI: String?
    /// Where it stands, which is read again at every connection.
    var amqpURIFile: String?
    var exchange: String
    var inlineLimit: Int
    var maximumContentBytes: Int
    var retention: RetentionRules?
    var signingKey: String?
    var auditKeys: String?
    var authentication: ServeAuthentication.Setting
    var bootstrapFile: String?
    var tls: ServerTLSFiles?
    var proxies: ProxyNetworks?
    var metricsAddress: ListeningAddress?
    var jwt: String?
    var tlsIdentities: String?
    var limits: AccessLimits
    var logLevel: String
    var logFormat: ProgramLog.Format
    var logsRequests: Bool

    init(config: ConfigReader) throws {
        host = config.string(forKey: "host", default: "127.0.0.1")
        port = try config.number("port", default: 8000, in: 0...65_535)
        dataDirectory = config.string(forKey: "data-dir", default: "configbus-data")
        mongodbURI = try SecretURI.resolve(
            config.string(forKey: "mongodb-uri", isSecret: true), file: config.string(forKey: "mongodb-uri-file"),
            .mongodb)
        amqpURIFile = config.string(forKey: "amqp-uri-file")
        amqpURI = try SecretURI.resolve(
            config.string(forKey: "amqp-uri", isSecret: true), file: amqpURIFile, .amqp)
        exchange = config.string(forKey: "exchange", default: "config.changes")
        inlineLimit = try config.number("inline-limit", default: 65_536, in: 0...(8 << 20))
        maximumContentBytes = try config.number("max-content-bytes", default: 1 << 20, in: 2...(8 << 20))
        retention = RetentionRules(
            versions: try config.optionalNumber("keep-versions", in: Int(RetentionRules.fewestVersions)...1_000_000_000)
                .map(Int64.init),
            age: try config.optionalNumber("keep-days", in: 7...36_500).map { .seconds($0 * 86_400) })
        signingKey = config.string(forKey: "signing-key")
        auditKeys = config.string(forKey: "audit-keys")
        authentication = try config.word("auth", default: .auto)
        bootstrapFile = config.string(forKey: "bootstrap-file")
        tls = try ServerTLSFiles(config: config)
        proxies = try config.string(forKey: "behind-tls-proxy").map { text in
            do throws(ProxyNetworks.Unreadable) {
                return try ProxyNetworks(parsing: text)
            } catch {
                throw CommandFailure.usage("\(GivenValue.name(ofSetting: "behind-tls-proxy")): \(error)")
            }
        }
        metricsAddress = try config.string(forKey: "metrics-address").map { text in
            guard let address = ListeningAddress(parsing: text) else {
                throw CommandFailure.usage(
                    "\(GivenValue.name(ofSetting: "metrics-address")) is an address with a port, such as 127.0.0.1:9100, not "
                        + "'\(text)'.")
            }
            return address
        }
        jwt = config.string(forKey: "jwt")
        tlsIdentities = config.string(forKey: "tls-identities")
        limits = try AccessLimits(config: config)
        logLevel = config.string(forKey: "log-level", default: "info")
        logFormat = try config.word("log-format", default: .text)
        logsRequests = try config.word("log-requests", default: Switch.false) == .true
        try refuseUnreadable()
        try refuseOpenProxy()
        try refuseUselessIdentities()
    }

    /// What cannot be an address is a mistake in the command line, whatever runs at the moment.
    private func refuseUnreadable() throws(CommandFailure) {
        if let mongodbURI {
            do {
                try MongoStore.check(uri: mongodbURI)
            } catch {
                throw .usage("\(GivenValue.name(ofSetting: "mongodb-uri")): \(error.reason)")
            }
        }
        try BusArgument.check(amqpURI, exchange: exchange)
        guard !dataDirectory.isEmpty else {
            throw .usage("\(GivenValue.name(ofSetting: "data-dir")) must name a folder.")
        }
        guard bootstrapFile == nil || authentication != .off else {
            throw .usage(
                "\(GivenValue.name(ofSetting: "bootstrap-file")) makes a token, which nothing needs with --auth off.")
        }
    }

    /// What a proxy passes on comes from other machines, wherever the registry listens.
    private func refuseOpenProxy() throws(CommandFailure) {
        guard proxies == nil || authentication != .off else {
            throw .usage(
                "\(GivenValue.name(ofSetting: "behind-tls-proxy")) lets other machines in, which takes authentication: leave "
                    + "--auth off out.")
        }
    }

    /// Files that prove identities need something that asks for them.
    private func refuseUselessIdentities() throws(CommandFailure) {
        for (name, file) in [("jwt", jwt), ("tls-identities", tlsIdentities)] {
            guard file == nil || authentication != .off else {
                throw .usage(
                    "\(GivenValue.name(ofSetting: name)) proves identities, which nothing needs with --auth off.")
            }
        }
        guard tlsIdentities == nil || tls?.clientAuthority != nil else {
            throw .usage(
                "\(GivenValue.name(ofSetting: "tls-identities")) needs the CA of the clients: name it with --tls-client-ca."
            )
        }
    }

    /// True when a caller needs a credential whatever the store says.
    var needsAuthentication: Bool {
        switch authentication {
        case .required: true
        case .off: false
        case .auto:
            bootstrapFile != nil || jwt != nil || tls?.clientAuthority != nil || proxies != nil
                || !RegistryServer.isLoopback(host)
        }
    }

    /// What the registry itself speaks.
    var scheme: String { tls == nil ? "http" : "https" }

    /// The host with a port as they stand in a URL (RFC 3986, section 3.2.2).
    func authority(port: Int) -> String { ListeningAddress(host: host, port: port).description }
}

/// A setting that is on or off.
private enum Switch: String, CaseIterable {
    case `true`
    case `false`
}

extension ConfigReader {
    /// One of some words.
    fileprivate func word<Word: RawRepresentable & CaseIterable>(
        _ key: ConfigKey, default fallback: Word
    ) throws -> Word where Word.RawValue == String {
        guard let text = string(forKey: key) else { return fallback }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage(
                "--\(key) (or its variable, or the setting in the file) must be one of \(words), not '\(text)'.")
        }
        return word
    }

    /// A number within bounds; text that is no number is an error and not the default.
    fileprivate func number(_ key: ConfigKey, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
        try optionalNumber(key, in: range) ?? fallback
    }

    fileprivate func optionalNumber(_ key: ConfigKey, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = string(forKey: key) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw CommandFailure.usage(
                "--\(key) (or its variable, or the setting in the file) must be a number from \(range.lowerBound) to "
                    + "\(range.upperBound), not '\(text)'.")
        }
        return number
    }
}
