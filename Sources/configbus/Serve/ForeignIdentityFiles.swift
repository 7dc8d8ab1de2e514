import AsyncSupport
import ConfigAccess
import ConfigModel
import ConfigNotation
import Logging
import RegistryServer
import SystemPackage

/// The files that say which identities count that the registry does not issue.
enum ForeignIdentityFiles {
    /// More than any of them needs.
    private static let limit = 4 << 20

    /// Reads the files of `--jwt` and `--tls-identities`; nil when neither is named.
    static func open(_ settings: ServeSettings, logger: Logger) throws(CommandFailure) -> ForeignIdentities? {
        guard settings.jwt != nil || settings.tlsIdentities != nil else { return nil }
        var tokens: ForeignIdentities.ReadTokens?
        var certificates: ForeignIdentities.ReadCertificates?
        if let path = settings.jwt { tokens = { () throws(UnusableSettings) in try Self.tokens(path) } }
        if let path = settings.tlsIdentities {
            certificates = { () throws(UnusableSettings) in
                try CertificateIdentities(try Self.value(path), file: path)
            }
        }
        do throws(UnusableSettings) {
            if let path = settings.jwt {
                for secret in try Self.tokens(path).secretFiles { SecretFile.warn(place(of: secret, besides: path)) }
            }
            return try ForeignIdentities(tokens: tokens, certificates: certificates, logger: logger)
        } catch {
            throw .refused(error.description)
        }
    }

    private static func tokens(_ path: String) throws(UnusableSettings) -> JWTSettings {
        try JWTSettings(try value(path), file: path) { named throws(UnusableSettings) in
            try bytes(place(of: named, besides: path))
        }
    }

    /// What a file is called that another one names: seen from that one's folder.
    private static func place(of named: String, besides path: String) -> String {
        FilePath(path).removingLastComponent().pushing(FilePath(named)).string
    }

    /// What a file in JSON or YAML says.
    private static func value(_ path: String) throws(UnusableSettings) -> JSONValue {
        let notation = ContentNotation(path: path)
        guard notation == .json || notation == .yaml else {
            throw UnusableSettings("\(path) ends in none of .json, .yaml and .yml; rename it.")
        }
        let bytes = try bytes(path)
        do {
            return try notation == .yaml ? YAMLText.read(bytes) : JSONReader.read(bytes)
        } catch {
            throw UnusableSettings("\(path): \(error)")
        }
    }

    private static func bytes(_ path: String) throws(UnusableSettings) -> [UInt8] {
        do {
            // A mounted secret is a link to what holds at the moment.
            return try RegularFile.read(path, followingLinks: true, limit: limit)
        } catch {
            throw UnusableSettings("\(path) cannot be read: \(error).")
        }
    }
}
