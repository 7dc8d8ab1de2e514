import ConfigModel
import TestSupport

@testable import ConfigAccess

/// An issuer with a key of each kind, a moment, and what the issuer's tokens say when they count.
struct JWTScene: Sendable {
    /// RSA keys take long to make: one for all tests.
    static let rsa = Result { try JWTSigner.rs256("rs") }
    static let now = Timestamp(milliseconds: 1_800_000_000_000)
    static let seconds = now.milliseconds / 1_000

    let rs256: JWTSigner
    let es256 = JWTSigner.es256()
    let edDSA = JWTSigner.edDSA()
    let hs256 = JWTSigner.hs256(secret: Array("0123456789abcdef0123456789abcdef".utf8))
    let settings: JWTSettings

    init(more: String = "") throws {
        rs256 = try Self.rsa.get()
        let jwks = #"{"keys":[\#(rs256.jwk),\#(es256.jwk),\#(edDSA.jwk)]}"#
        settings = try Self.settings(
            #"""
            {"issuers":[{"name":"sso","iss":"https://sso","audiences":["configbus","other"],"jwks_file":"jwks.json",
            "keys":[{"kid":"hs","alg":"HS256","secret_file":"secret"}],
            "rules":[{"claim":"/groups","equals":"sre","grants":["publisher:#/prod"]},
            {"claim":"/realm/level","equals":3,"grants":["reader:#/*","publisher:#/prod"]}]\#(more)}]}
            """#, files: ["jwks.json": jwks, "secret": "0123456789abcdef0123456789abcdef\n"])
    }

    var signers: [JWTSigner] { [rs256, es256, edDSA, hs256] }

    /// Reads settings whose files a test gives.
    static func settings(_ text: String, files: [String: String] = [:]) throws -> JWTSettings {
        try JWTSettings(JSONValue(parsing: text), file: "jwt.json") { path throws(UnusableSettings) in
            guard let text = files[path] else { throw UnusableSettings("\(path) is not there.") }
            return Array(text.utf8)
        }
    }

    /// The claims of a token that counts, with some replaced and some left out.
    ///
    /// - Parameter changes: a claim and its JSON text; nil leaves it out.
    static func claims(_ changes: [String: String?] = [:]) -> String {
        var claims: [String: String?] = [
            "iss": #""https://sso""#, "aud": #""configbus""#, "sub": #""alice""#, "exp": "\(seconds + 600)",
        ]
        claims.merge(changes) { $1 }
        let members = claims.sorted { $0.key < $1.key }.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }
        return "{\(members.joined(separator: ","))}"
    }

    func verify(_ token: String, at now: Timestamp = Self.now) throws(JWTRefusal) -> Principal {
        try JWTVerifier(settings).verify(token, at: now)
    }

    /// Why a token does not count; nil when it does.
    func refusal(_ token: String, at now: Timestamp = Self.now) -> JWTRefusal? {
        do throws(JWTRefusal) {
            _ = try verify(token, at: now)
            return nil
        } catch {
            return error
        }
    }
}
