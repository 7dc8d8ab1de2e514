/// Why a JWT does not count.
package enum JWTRefusal: Error, Sendable, Equatable {
    /// It is no JWT in compact form, or one of its parts is not strict.
    case malformed
    /// Its header names no key with its algorithm, or says something else that is not taken.
    case header
    /// Its signature is not that of the key that it names.
    case signature
    /// Its `iss` is not the text of the issuer whose key signed it.
    case issuer
    /// Its `aud` has none of the issuer's audiences.
    case audience
    /// A claim is missing or has another type.
    case claim(String)
    /// It has ended.
    case expired
    /// Its `nbf` or `iat` is in the future.
    case early
    /// It lives longer than the issuer's tokens may.
    case lifetime
    /// The text by which the issuer names the identity cannot be the name of one.
    case subject
    /// Its grants are more than an identity may have, or not readable.
    case grants
}

extension JWTRefusal {
    /// True when it bears the issuer's signature, so that its holder may know what is wrong with it.
    package var isSigned: Bool {
        switch self {
        case .malformed, .header, .signature: false
        default: true
        }
    }
}

extension JWTRefusal: CustomStringConvertible {
    /// What is wrong, without the token and without a full stop.
    package var description: String {
        switch self {
        case .malformed:
            "it is not a JWT of at most \(JWTText.maximumBytes) bytes whose parts are strict base64url and JSON"
        case .header: "its header names no key that is configured with this algorithm, or has a 'crit' or another 'typ'"
        case .signature: "its signature is not that of the key that it names"
        case .issuer: "its 'iss' is not that of the key's issuer"
        case .audience: "its 'aud' has none of the audiences of the issuer"
        case .claim(let name): "its claim '\(name)' is missing or is not what it should be"
        case .expired: "it has expired"
        case .early: "its 'nbf' or 'iat' is in the future"
        case .lifetime: "it lives longer than tokens of its issuer may"
        case .subject:
            "the name of its subject is not 1 to \(IdentityText.maximumBytes) printable characters without blank"
        case .grants: "its grants cannot be read, or are more than \(Grant.maximumCount)"
        }
    }
}
