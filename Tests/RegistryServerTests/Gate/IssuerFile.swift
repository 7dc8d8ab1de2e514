import ConfigAccess
import ConfigModel
import Synchronization
import TestSupport

@testable import RegistryServer

/// The file of `--jwt`, as a test writes it, and the tokens of its one issuer.
final class IssuerFile: Sendable {
    private let text: Mutex<String>
    let signer: JWTSigner

    /// - Parameter signer: whose key the file has.
    init(_ signer: JWTSigner = .es256()) {
        self.signer = signer
        text = Mutex(Self.settings(signer))
    }

    /// Says something else.
    func write(_ text: String) { self.text.withLock { $0 = text } }

    /// Has another key, and no longer the one before.
    func replaceKey(with signer: JWTSigner) { write(Self.settings(signer)) }

    /// The identities by this file, and by one of certificates.
    func identities(certificates: String? = nil) throws -> ForeignIdentities {
        var readCertificates: ForeignIdentities.ReadCertificates?
        if let certificates {
            readCertificates = { () throws(UnusableSettings) in
                guard let value = try? JSONValue(parsing: certificates) else { throw UnusableSettings("no JSON") }
                return try CertificateIdentities(value, file: "identities.json")
            }
        }
        return try ForeignIdentities(
            tokens: { () throws(UnusableSettings) in try self.read() }, certificates: readCertificates,
            logger: TestServer.logger)
    }

    /// The header with a token that counts for ten minutes.
    ///
    /// - Parameter more: further claims, each behind a comma.
    func header(_ subject: String = "alice", _ more: String = #","groups":["dev"]"#) -> [String: String] {
        ["Authorization": "Bearer \(token(subject, more))"]
    }

    /// A token that counts.
    func token(
        _ subject: String = "alice", _ more: String = #","groups":["dev"]"#, lifetime: Int64 = 600
    ) -> String {
        let end = Timestamp.now.milliseconds / 1_000 + lifetime
        return signer.token(#"{"iss":"https://sso","aud":"configbus","sub":"\#(subject)","exp":\#(end)\#(more)}"#)
    }

    private func read() throws(UnusableSettings) -> JWTSettings {
        guard let value = try? JSONValue(parsing: text.withLock(\.self)) else { throw UnusableSettings("no JSON") }
        return try JWTSettings(value, file: "jwt.json") { path throws(UnusableSettings) in throw UnusableSettings(path)
        }
    }

    private static func settings(_ signer: JWTSigner) -> String {
        #"""
        {"issuers":[{"name":"sso","iss":"https://sso","audiences":["configbus"],"keys":[\#(signer.jwk)],
        "rules":[{"claim":"/groups","equals":"dev","grants":["publisher:#/*"]}]}]}
        """#
    }
}
