import Crypto
import CryptoExtras

/// A key that verifies tokens, with one algorithm: which one is a matter of the key and never of a token.
struct JWTKey: Sendable {
    /// The parts of a key by its algorithm.
    enum Material: Sendable {
        case secret(SymmetricKey)
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    /// The `kid` by which tokens name it.
    let id: String
    let material: Material

    /// The only one that it verifies.
    var algorithm: JWTAlgorithm {
        switch material {
        case .secret: .hs256
        case .rsa: .rs256
        case .p256: .es256
        case .ed25519: .edDSA
        }
    }

    /// True when the holder of the key's other half, or of the secret, signed these bytes.
    func isValid(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        switch material {
        case .secret(let secret):
            // Compared in constant time.
            return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: bytes, using: secret)
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: bytes),
                padding: .insecurePKCS1v1_5)
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .ed25519(let key):
            return signature.count == 64 && key.isValidSignature(signature, for: bytes)
        }
    }
}
