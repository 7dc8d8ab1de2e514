package import ConfigModel
import Crypto

/// Signs records with one Ed25519 private key.
///
/// A key file holds one line: the word `ed25519-private` and the 32 bytes of the private key (the seed of RFC 8032) in
/// base64; empty lines and lines that start with `#` are comments. The word is required, because nothing else distinguishes a
/// private key from a public one.
package struct RecordSigner: Sendable {
    private let privateKey: Curve25519.Signing.PrivateKey

    /// The key that verifies what this one signs.
    package let publicKey: PublicKey

    private init(_ privateKey: Curve25519.Signing.PrivateKey) throws(KeyFileError) {
        self.privateKey = privateKey
        publicKey = try PublicKey(bytes: Array(privateKey.publicKey.rawRepresentation), verifier: Ed25519Verifier())
    }

    /// Makes a new key.
    package static func generate() throws(KeyFileError) -> RecordSigner { try RecordSigner(.init()) }

    /// Takes the 32 bytes of a private key.
    package init(seed: [UInt8]) throws(KeyFileError) {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw KeyFileError(line: nil, reason: "a private key has 32 bytes, not \(seed.count)")
        }
        try self.init(key)
    }

    /// Reads the text of a key file.
    package init(parsing text: String) throws(KeyFileError) {
        let lines = KeyFileLine.lines(of: text)
        guard let line = lines.first else {
            throw KeyFileError(line: nil, reason: "there is no key in it; make one with 'configbus keys generate'")
        }
        guard lines.count == 1 else {
            throw KeyFileError(line: lines[1].number, reason: "a private key file holds one key")
        }
        try Self.requirePrivate(line)
        guard let seed = Base64.decode(line.key), seed.count == 32 else {
            throw KeyFileError(line: line.number, reason: "this is not the base64 of 32 bytes")
        }
        try self.init(seed: seed)
    }

    /// True for text that says of itself that it holds a private key.
    package static func isPrivateKeyLine(_ text: String) -> Bool {
        KeyFileLine.isPrivateKeyFile(text) || KeyFileLine.lines(of: text).contains { $0.kind == .privateKey }
    }

    private static func requirePrivate(_ line: KeyFileLine) throws(KeyFileError) {
        let marker = KeyFileLine.Kind.privateKey.rawValue
        switch line.kind {
        case .privateKey: return
        case .publicKey:
            throw KeyFileError(
                line: line.number,
                reason:
                    "this is a public key, which cannot sign; name the file that 'configbus keys generate FILE' wrote")
        case nil:
            throw KeyFileError(
                line: line.number,
                reason:
                    "nothing says that this is a private key, and a public one looks the same; the line of a private "
                    + "key begins with '\(marker) '")
        }
    }

    /// The text of a key file with this key. Anyone who can read it can sign.
    package var privateKeyFile: String {
        """
        \(KeyFileLine.privateKeyComment). Keep it readable for the program that signs with it, and nothing else.
        # key id: \(keyID)
        # public key: \(publicKey.text)
        \(KeyFileLine.Kind.privateKey.rawValue) \(Base64.encode(Array(privateKey.rawRepresentation)))

        """
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the public key.
    package var keyID: String { publicKey.keyID }

    /// Signs a record's facts.
    package func sign(_ record: VersionRecord) throws(SigningError) -> RecordSignature {
        try signature(of: record.signedFacts.framing)
    }

    /// Signs bytes that carry their own domain, such as an audit checkpoint, and names the key.
    package func signature(of message: [UInt8]) throws(SigningError) -> RecordSignature {
        RecordSignature(signature: Base64.encode(try sign(message)), keyID: keyID)
    }

    /// Signs bytes that carry their own domain.
    package func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
        do {
            return Array(try privateKey.signature(for: message))
        } catch {
            throw SigningError()
        }
    }
}

/// The cryptographic library refused to sign.
package struct SigningError: Error, CustomStringConvertible {
    package var description: String { "The record could not be signed with this key." }
}
