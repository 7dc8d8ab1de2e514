import Crypto

/// An Ed25519 public key.
public struct PublicKey: Sendable, Hashable {
    /// 32 bytes (RFC 8032).
    public let bytes: [UInt8]
    /// The first 16 hexadecimal digits of the SHA-256 of the bytes.
    public let keyID: String

    /// Takes 32 bytes.
    package init(bytes: [UInt8]) throws(KeyFileError) {
        guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
            throw KeyFileError(line: nil, reason: "this is not an Ed25519 public key of 32 bytes")
        }
        self.bytes = bytes
        keyID = SHA256Text.hexadecimal(SHA256.hash(data: bytes).prefix(8))
    }

    /// Reads base64.
    public init(parsing text: String) throws(KeyFileError) {
        guard let bytes = Base64.decode(text) else {
            throw KeyFileError(line: nil, reason: "this is not the base64 of 32 bytes")
        }
        try self.init(bytes: bytes)
    }

    /// Base64.
    public var text: String { Base64.encode(bytes) }

    /// The line of a key file that holds this key, marked as a public one, with its identifier for its name.
    package var keyFileLine: String { keyFileLine(name: nil) }

    /// The same with another name.
    func keyFileLine(name: String?) -> String { "\(KeyFileLine.Kind.publicKey.rawValue) \(text)  \(name ?? keyID)" }

    /// True when this key's private half made the signature over the message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
