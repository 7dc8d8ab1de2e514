import ConfigModel
import Crypto
import CryptoExtras

extension JWTKey {
    /// A secret is at least as long as what HMAC makes with it (RFC 7518, section 3.2).
    static let minimumSecretBytes = 32
    private static let minimumRSABits = 2_048

    /// Reads a public key (RFC 7517). What it says beside its parts, `x5c` and `x5u` for example, is not read.
    init(jwk: JSONObject) throws(JSONFieldError) {
        id = try Self.id(of: jwk)
        let algorithm = try Self.algorithm(of: jwk)
        // Not a secret that lies where public keys are.
        for name in ["d", "p", "q", "dp", "dq", "qi", "oth"] where jwk[name] != nil {
            throw Self.invalid(name, "it is part of a private key, which has no place here; give the public key alone.")
        }
        switch algorithm {
        case .hs256:
            throw Self.invalid(
                "alg",
                "an HS256 secret has no place among public keys; name a file of its own with 'secret_file' under 'keys'."
            )
        case .rs256:
            try Self.require(jwk, "kty", "RSA")
            let (modulus, exponent) = (try Self.bytes(of: jwk, "n"), try Self.bytes(of: jwk, "e"))
            guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent),
                key.keySizeInBits >= Self.minimumRSABits
            else {
                throw Self.invalid("n", "'n' and 'e' are no RSA key of \(Self.minimumRSABits) to 8192 bits.")
            }
            material = .rsa(key)
        case .es256:
            try Self.require(jwk, "kty", "EC")
            try Self.require(jwk, "crv", "P-256")
            let (x, y) = (try Self.bytes(of: jwk, "x"), try Self.bytes(of: jwk, "y"))
            guard x.count == 32, y.count == 32, let key = try? P256.Signing.PublicKey(rawRepresentation: x + y) else {
                throw Self.invalid("x", "'x' and 'y' are no point of P-256.")
            }
            material = .p256(key)
        case .edDSA:
            try Self.require(jwk, "kty", "OKP")
            try Self.require(jwk, "crv", "Ed25519")
            let x = try Self.bytes(of: jwk, "x")
            guard x.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x) else {
                throw Self.invalid("x", "it is no Ed25519 key, which has 32 bytes.")
            }
            material = .ed25519(key)
        }
    }

    /// Takes a secret from a file; the end of the line with which editors and programs end it does not belong to it.
    init(id: String, secretFile bytes: [UInt8]) throws(JSONFieldError) {
        var secret = bytes[...]
        if secret.last == UInt8(ascii: "\n") { secret = secret.dropLast() }
        if secret.last == UInt8(ascii: "\r") { secret = secret.dropLast() }
        guard secret.count >= Self.minimumSecretBytes else {
            throw Self.invalid(
                "secret_file",
                "the file holds \(secret.count) bytes; an HS256 secret has at least \(Self.minimumSecretBytes), "
                    + "for example those of 'openssl rand -base64 48'.")
        }
        self.id = id
        material = .secret(SymmetricKey(data: Array(secret)))
    }

    /// The `kid`, which every key needs: no token is ever tried with a key that it does not name.
    static func id(of jwk: JSONObject) throws(JSONFieldError) -> String {
        let id = try jwk.string("kid")
        guard !id.isEmpty else { throw invalid("kid", "it is empty.") }
        return id
    }

    /// The `alg`, which every key needs: no token ever chooses how a key is used.
    static func algorithm(of jwk: JSONObject) throws(JSONFieldError) -> JWTAlgorithm {
        guard let text = try jwk.optionalString("alg") else {
            throw JSONFieldError(field: "alg", problem: .missing(expected: "one of \(JWTAlgorithm.names)"))
        }
        guard let algorithm = JWTAlgorithm(rawValue: text) else {
            throw invalid("alg", "\(JSONValue.string(text)) is none of \(JWTAlgorithm.names).")
        }
        return algorithm
    }

    private static func require(_ jwk: JSONObject, _ field: String, _ value: String) throws(JSONFieldError) {
        guard try jwk.string(field) == value else {
            throw invalid(field, "it must be \(JSONValue.string(value)) for this 'alg'.")
        }
    }

    private static func bytes(of jwk: JSONObject, _ field: String) throws(JSONFieldError) -> [UInt8] {
        guard let bytes = Base64URL.decode(try jwk.string(field)), !bytes.isEmpty else {
            throw invalid(field, "it must be base64url without padding.")
        }
        return bytes
    }

    private static func invalid(_ field: String, _ reason: String) -> JSONFieldError {
        JSONFieldError(field: field, problem: .invalid(reason))
    }
}
