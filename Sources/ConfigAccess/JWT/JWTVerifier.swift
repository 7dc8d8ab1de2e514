package import ConfigModel
import Crypto

/// Finds out whose token a JWT is (RFC 7519), by the operator's settings alone: nothing is fetched, and nothing that a token says
/// about keys is followed.
package struct JWTVerifier: Sendable {
    /// How far the issuer's clock and the registry's may be apart, in milliseconds.
    static let leeway: Int64 = 30_000
    private static let types: Set<String> = ["JWT", "at+jwt"]

    private let settings: JWTSettings

    /// Verifies with these keys and rules.
    package init(_ settings: JWTSettings) { self.settings = settings }

    /// The identity that a token proves. Whether it was denied is not known here.
    package func verify(_ text: String, at now: Timestamp) throws(JWTRefusal) -> Principal {
        let token = try JWTText(parsing: text)
        let (issuer, key) = try key(for: token.header)
        guard key.isValid(token.signature, of: token.signedBytes) else { throw .signature }
        return try principal(token.payload, issuer, now)
    }

    /// What a token is remembered by, of its whole text.
    package static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// The one key that a token names, which verifies with the algorithm that the token names too.
    private func key(for header: JSONObject) throws(JWTRefusal) -> (JWTIssuer, JWTKey) {
        guard header["crit"] == nil, let id = header["kid"], let found = settings.key(id),
            header["alg"] == .string(found.key.algorithm.rawValue)
        else { throw .header }
        switch header["typ"] {
        case nil: break
        case .string(let type)? where Self.types.contains(type): break
        default: throw .header
        }
        return found
    }

    private func principal(_ payload: JSONObject, _ issuer: JWTIssuer, _ now: Timestamp) throws(JWTRefusal) -> Principal
    {
        guard payload["iss"] == .string(issuer.iss) else { throw .issuer }
        guard try Self.audiences(of: payload).contains(where: issuer.audiences.contains) else { throw .audience }
        let end = try Self.checkTimes(of: payload, issuer.maximumLifetime, now)
        return Principal(
            kind: .jwt, name: try issuer.identity(of: payload), grants: try issuer.grants(of: payload),
            tokenID: try Self.identifier(of: payload), expiresAt: end)
    }

    /// - Returns: the moment from which it does not count any more.
    private static func checkTimes(
        of payload: JSONObject, _ maximumLifetime: Int64, _ now: Timestamp
    ) throws(JWTRefusal) -> Timestamp {
        guard let expiry = try time("exp", of: payload) else { throw .claim("exp") }
        let issued = try time("iat", of: payload)
        guard now.milliseconds < expiry + leeway else { throw .expired }
        for start in [try time("nbf", of: payload), issued] {
            if let start, start > now.milliseconds + leeway { throw .early }
        }
        // Without `iat` it is not known for how long it was made: what is left must not be too long.
        let isTooLong =
            issued.map { expiry - $0 > maximumLifetime } ?? (expiry - now.milliseconds > maximumLifetime + leeway)
        guard !isTooLong else { throw .lifetime }
        return Timestamp(milliseconds: expiry + leeway)
    }

    /// A time in milliseconds; nil when the claim is not there. It is written in seconds, which may have a fraction.
    private static func time(_ claim: String, of payload: JSONObject) throws(JWTRefusal) -> Int64? {
        guard let value = payload[claim] else { return nil }
        // Up to the year 5138, so that no sum overflows.
        guard case .number(let number) = value, let seconds = number.double, (0...1e11).contains(seconds) else {
            throw .claim(claim)
        }
        return number.int64.map { $0 * 1_000 } ?? Int64(seconds * 1_000)
    }

    private static func audiences(of payload: JSONObject) throws(JWTRefusal) -> [JSONValue] {
        let audiences: [JSONValue]
        switch payload["aud"] {
        case nil: throw .audience
        case .array(let elements)?: audiences = elements
        case let audience?: audiences = [audience]
        }
        for audience in audiences {
            guard case .string = audience else { throw .claim("aud") }
        }
        return audiences
    }

    private static func identifier(of payload: JSONObject) throws(JWTRefusal) -> String? {
        switch payload["jti"] {
        case nil: return nil
        case .string(let identifier)?: return identifier
        default: throw .claim("jti")
        }
    }
}
