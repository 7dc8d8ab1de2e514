/// The algorithms with which a JWT may be signed (RFC 7518, section 3; RFC 8037, section 3.1).
package enum JWTAlgorithm: String, Sendable, CaseIterable {
    /// HMAC with SHA-256.
    case hs256 = "HS256"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// Ed25519.
    case edDSA = "EdDSA"

    /// All of them, for sentences.
    static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
