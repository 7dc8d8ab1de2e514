/// The public keys whose signatures count, each for all documents or for some.
public struct TrustedKeys: Sendable, Equatable {
    /// The keys in the order in which they were given, with what they count for.
    package let entries: [TrustedKey]
    private let byID: [String: TrustedKey]

    /// The keys in the order in which they were given.
    public var keys: [PublicKey] { entries.map(\.key) }

    /// Takes at least one key; each counts for all documents.
    public init(_ keys: [PublicKey]) throws(KeyFileError) { try self.init(entries: keys.map { TrustedKey($0) }) }

    private init(entries: [TrustedKey]) throws(KeyFileError) {
        guard !entries.isEmpty else { throw KeyFileError(line: nil, reason: "there is no key in it") }
        self.entries = entries
        byID = Dictionary(entries.map { ($0.key.keyID, $0) }, uniquingKeysWith: { first, _ in first })
        guard entries.allSatisfy({ byID[$0.key.keyID]?.scopes == $0.scopes }) else {
            throw KeyFileError(
                line: nil, reason: "a key is in it twice with different scopes; write all of its scopes on one line")
        }
    }

    /// Reads a file of public keys of one kind of signer.
    ///
    /// - Parameters:
    ///   - signer: whose private key does not belong here; for the message.
    ///   - verifier: what verifies the signatures of the keys.
    package init(
        parsing text: String, of signer: KeyOwner, verifier: any SignatureVerifier
    ) throws(KeyFileError) {
        let lines = KeyFileLine.lines(of: text)
        if KeyFileLine.isPrivateKeyFile(text), let line = lines.first {
            // Written before private keys were marked on their line.
            _ = try TrustedKey(line.markedPrivate, of: signer, verifier)
        }
        var entries: [TrustedKey] = []
        for line in lines { entries.append(try TrustedKey(line, of: signer, verifier)) }
        try self.init(entries: entries)
    }

    /// Returns when a key that is trusted for their document signed these facts.
    ///
    /// - Throws: `SignatureFailure`, which says what is wrong.
    public func verify(_ facts: SignedFacts, signature: RecordSignature?) throws(SignatureFailure) {
        try verify(facts.framing, signature: signature, for: facts.key)
    }

    /// Returns when a trusted key signed this message, which carries its own domain.
    ///
    /// - Parameter document: what the message is about; nil for what concerns all documents.
    package func verify(
        _ message: [UInt8], signature: RecordSignature?, for document: DocumentKey?
    ) throws(SignatureFailure) {
        guard let signature else { throw .missing }
        guard let trusted = byID[signature.keyID] else { throw .unknownKey(signature.keyID) }
        guard trusted.counts(for: document) else {
            throw .outOfScope(keyID: signature.keyID, scopes: trusted.scopeText)
        }
        try trusted.key.verify(message, signature: signature)
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
    /// It names a key that is trusted for other documents only.
    case outOfScope(keyID: String, scopes: String)
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
        case .outOfScope(let keyID, let scopes):
            "It is signed with the key \(JSONValue.string(keyID)), which is trusted for \(scopes) only."
        case .malformed: "Its signature is not the base64 of 64 bytes."
        case .wrong(let keyID): "Its signature does not hold: the key \(keyID) did not sign this."
        }
    }
}

extension SignatureFailure: CustomStringConvertible {
    /// One sentence about a version.
    public var description: String {
        switch self {
        case .missing: "It is not signed, and only signed versions are trusted here."
        case .wrong(let keyID): "Its signature does not hold: the key \(keyID) did not sign this content and version."
        default: reason
        }
    }
}
