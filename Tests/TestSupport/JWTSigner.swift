import ConfigModel
import Crypto
import CryptoExtras

/// Signs tokens as an issuer does, and writes the public half as a JWK.
package struct JWTSigner: Sendable {
    private enum Key: Sendable {
        case hs256([UInt8])
        case rs256(_RSA.Signing.PrivateKey)
        case es256(P256.Signing.PrivateKey)
        case edDSA(Curve25519.Signing.PrivateKey)
    }

    /// The `kid` that it writes into tokens.
    package let id: String
    /// The `alg` that it writes into tokens.
    package let algorithm: String
    private let key: Key

    /// A new key.
    package static func es256(_ id: String = "es") -> JWTSigner {
        JWTSigner(id: id, algorithm: "ES256", key: .es256(P256.Signing.PrivateKey()))
    }

    /// A new key.
    package static func edDSA(_ id: String = "ed") -> JWTSigner {
        JWTSigner(id: id, algorithm: "EdDSA", key: .edDSA(Curve25519.Signing.PrivateKey()))
    }

    /// A new key; making one takes a while.
    package static func rs256(_ id: String = "rs") throws -> JWTSigner {
        JWTSigner(id: id, algorithm: "RS256", key: .rs256(try _RSA.Signing.PrivateKey(keySize: .bits2048)))
    }

    /// A secret.
    package static func hs256(_ id: String = "hs", secret: [UInt8]) -> JWTSigner {
        JWTSigner(id: id, algorithm: "HS256", key: .hs256(secret))
    }

    /// The public key as a JSON object.
    package var jwk: String {
        let parts =
            switch key {
            case .hs256(let secret): #""kty":"oct","k":"\#(Self.encode(secret))""#
            case .rs256(let key): Self.parts(of: key.publicKey)
            case .es256(let key): Self.parts(of: Array(key.publicKey.rawRepresentation))
            case .edDSA(let key):
                #""kty":"OKP","crv":"Ed25519","x":"\#(Self.encode(key.publicKey.rawRepresentation))""#
            }
        return #"{"kid":"\#(id)","alg":"\#(algorithm)","use":"sig",\#(parts)}"#
    }

    /// The public key as text, which everybody may know: the secret of a well-known attack. Empty for others than RSA.
    package var pem: String { if case .rs256(let key) = key { key.publicKey.pemRepresentation } else { "" } }

    /// A token.
    ///
    /// - Parameters:
    ///   - payload: the text of a JSON object.
    ///   - header: the same; nil for one that names the key.
    package func token(_ payload: String, header: String? = nil) -> String {
        let header = header ?? #"{"alg":"\#(algorithm)","kid":"\#(id)","typ":"JWT"}"#
        let signed = "\(Self.encode(Array(header.utf8))).\(Self.encode(Array(payload.utf8)))"
        return "\(signed).\(Self.encode(signature(of: Array(signed.utf8))))"
    }

    private func signature(of bytes: [UInt8]) -> [UInt8] {
        switch key {
        case .hs256(let secret):
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: secret)))
        case .rs256(let key):
            (try? key.signature(for: bytes, padding: .insecurePKCS1v1_5)).map { Array($0.rawRepresentation) } ?? []
        case .es256(let key): (try? key.signature(for: bytes)).map { Array($0.rawRepresentation) } ?? []
        case .edDSA(let key): (try? key.signature(for: bytes)).map { Array($0) } ?? []
        }
    }

    private static func parts(of key: _RSA.Signing.PublicKey) -> String {
        guard let numbers = try? key.getKeyPrimitives() else { return "" }
        return #""kty":"RSA","n":"\#(encode(numbers.modulus))","e":"\#(encode(numbers.publicExponent))""#
    }

    private static func parts(of point: [UInt8]) -> String {
        #""kty":"EC","crv":"P-256","x":"\#(encode(point.prefix(32)))","y":"\#(encode(point.suffix(32)))""#
    }

    /// Base64 for URLs without padding.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
