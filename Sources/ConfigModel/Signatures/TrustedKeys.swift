/// The public keys whose signatures count.
public struct TrustedKeys: Sendable, Equatable {
    /// The keys in the order in which they were given.
    public let keys: [PublicKey]
    private let byID: [String: PublicKey]

    /// Takes at least one key.
    public init(_ keys: [PublicKey]) throws(KeyFileError) {
        guard !keys.isEmpty else { throw KeyFileError(line: nil, reason: "there is no key in it") }
        self.keys = keys
        byID = Dictionary(keys.map { ($0.keyID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads a file of public keys: one key in base64 a line, before it the optional word `ed25519-public`, behind it an
    /// optional name; empty lines and lines that start with `#` are comments.
    ///
    /// - Throws: `KeyFileError`, also when there is no key in it, because a watcher with trusted keys must not run without
    ///   any by accident, and when there is a private key in it.
    public init(parsing text: String) throws(KeyFileError) { try self.init(parsing: text, of: .registry) }

    /// Reads a file of public keys of one kind of signer.
    ///
    /// - Parameter signer: whose private key does not belong here; for the message.
    package init(parsing text: String, of signer: KeyOwner) throws(KeyFileError) {
        var keys: [PublicKey] = []
        let isPrivate = KeyFileLine.isPrivateKeyFile(text)
        for line in KeyFileLine.lines(of: text) {
            guard !isPrivate, line.kind != .privateKey else {
                throw KeyFileError(
                    line: line.number,
                    reason:
                        "this is a private key, which belongs to \(signer.rawValue) alone; 'configbus keys list FILE' shows "
                        + "its public key")
            }
            do {
                keys.append(try PublicKey(parsing: line.key))
            } catch {
                throw KeyFileError(line: line.number, reason: error.reason)
            }
        }
        try self.init(keys)
    }

    /// Returns when a trusted key signed these facts.
    ///
    /// - Throws: `SignatureFailure`, which says what is wrong.
    public func verify(_ facts: SignedFacts, signature: RecordSignature?) throws(SignatureFailure) {
        try verify(facts.framing, signature: signature)
    }

    /// Returns when a trusted key signed this message, which carries its own domain.
    package func verify(_ message: [UInt8], signature: RecordSignature?) throws(SignatureFailure) {
        guard let signature else { throw .missing }
        guard let key = byID[signature.keyID] else { throw .unknownKey(signature.keyID) }
        try key.verify(message, signature: signature)
    }
}

extension PublicKey {
    /// Returns when this key made the signature.
    package func verify(_ message: [UInt8], signature: RecordSignature) throws(SignatureFailure) {
        guard signature.keyID == keyID else { throw .unknownKey(signature.keyID) }
        guard let bytes = Base64.decode(signature.signature), bytes.count == 64 else { throw .malformed }
        guard verifies(bytes, of: message) else { throw .wrong(keyID: keyID) }
    }
}

/// Which program signs with a key.
package enum KeyOwner: String, Sendable, CaseIterable {
    /// Versions and epochs.
    case registry = "the registry"
    /// The checkpoints of its log.
    case audit = "the audit"
    /// Either: a key file is only shown.
    case signer = "the program that signs with it"
}

/// Why a signature does not count.
public enum SignatureFailure: Error, Sendable, Hashable {
    /// There is none.
    case missing
    /// It names a key that is not trusted.
    case unknownKey(String)
    /// It is not the base64 of 64 bytes.
    case malformed
    /// A trusted key is named, but it did not sign these facts.
    case wrong(keyID: String)
}

extension SignatureFailure {
    /// One sentence about whatever was to be signed.
    package var reason: String {
        switch self {
        case .missing: "It is not signed."
        case .unknownKey(let keyID):
            "It is signed with the key \(JSONValue.string(keyID)), which is not among the trusted keys."
        case .malformed: "Its signature is not the base64 of 64 bytes."
        case .wrong(let keyID): "Its signature does not hold: the key \(keyID) did not sign this."
        }
    }
}

extension SignatureFailure: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .missing: "It is not signed, and only signed versions are trusted here."
        case .unknownKey(let keyID):
            "It is signed with the key \(JSONValue.string(keyID)), which is not among the trusted keys."
        case .malformed: "Its signature is not the base64 of 64 bytes."
        case .wrong(let keyID): "Its signature does not hold: the key \(keyID) did not sign this content and version."
        }
    }
}
