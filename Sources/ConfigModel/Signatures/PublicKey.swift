/// An Ed25519 public key.
public struct PublicKey: Sendable {
    /// 32 bytes (RFC 8032).
    public let bytes: [UInt8]
    /// The first 16 hexadecimal digits of the SHA-256 of the bytes.
    public let keyID: String
    private let verifier: any SignatureVerifier

    /// Takes 32 bytes.
    ///
    /// - Parameter verifier: what verifies the signatures of the key.
    package init(bytes: [UInt8], verifier: any SignatureVerifier) throws(KeyFileError) {
        guard bytes.count == 32, verifier.isPublicKey(bytes) else {
            throw KeyFileError(line: nil, reason: "this is not an Ed25519 public key of 32 bytes")
        }
        self.bytes = bytes
        self.verifier = verifier
        keyID = SHA256Text.hexadecimal(SHA256Text.digest(of: bytes).prefix(8))
    }

    /// Reads base64.
    ///
    /// - Parameter verifier: what verifies the signatures of the key.
    package init(parsing text: String, verifier: any SignatureVerifier) throws(KeyFileError) {
        guard let bytes = Base64.decode(text) else {
            throw KeyFileError(line: nil, reason: "this is not the base64 of 32 bytes")
        }
        try self.init(bytes: bytes, verifier: verifier)
    }

    /// Base64.
    public var text: String { Base64.encode(bytes) }

    /// The line of a key file that holds this key, marked as a public one, with its identifier for its name.
    package var keyFileLine: String { keyFileLine(name: nil) }

    /// The same with another name.
    func keyFileLine(name: String?) -> String { "\(KeyFileLine.Kind.publicKey.rawValue) \(text)  \(name ?? keyID)" }

    /// True when this key's private half made the signature over the message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        verifier.isValid(signature, of: message, by: bytes)
    }
}

extension PublicKey: Hashable {
    /// Two keys are the same when their bytes are.
    public static func == (left: PublicKey, right: PublicKey) -> Bool { left.bytes == right.bytes }

    /// The bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
