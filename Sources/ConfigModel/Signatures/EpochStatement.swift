/// A signed statement that a store's epoch was changed on purpose: the operator's word, by the key that signs versions, that
/// from now on another history counts.
///
/// Write access to the database is enough to change the epoch, which would bring old versions back, but not to make this.
public struct EpochStatement: Sendable, Equatable {
    static let domain = "configbus-epoch-v1"

    /// The epoch that counts from now on.
    public let epoch: Epoch
    /// The epoch that counted before.
    public let previous: Epoch
    /// When it was changed.
    public let at: Timestamp
    /// Why, in the operator's words.
    public let reason: String
    /// The signature over the rest.
    public let signature: RecordSignature

    /// Takes what was read, or what was signed; nothing is verified.
    package init(epoch: Epoch, previous: Epoch, at: Timestamp, reason: String, signature: RecordSignature) {
        self.epoch = epoch
        self.previous = previous
        self.at = at
        self.reason = reason
        self.signature = signature
    }

    /// The bytes that are signed.
    package var framing: [UInt8] { Self.framing(epoch, previous, at, reason) }

    /// The bytes that a signer of these facts signs.
    package static func framing(_ epoch: Epoch, _ previous: Epoch, _ at: Timestamp, _ reason: String) -> [UInt8] {
        RecordFraming([domain, epoch.description, previous.description, at.description, reason]).bytes
    }
}

extension EpochStatement {
    /// The JSON object, in canonical form.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 384)
        writer.object { statement in
            statement.member("at", at.description)
            statement.member("epoch", epoch.description)
            statement.member("key_id", signature.keyID)
            statement.member("previous_epoch", previous.description)
            statement.member("reason", reason)
            statement.member("signature", signature.signature)
        }
        return writer.bytes
    }

    /// Reads the JSON object; the signature is not verified. Nil when it is none.
    package init?(json bytes: [UInt8]) {
        let limits = JSONLimits(maximumBytes: 4_096, maximumDepth: 1)
        guard case .object(let object)? = try? JSONValue(parsing: bytes, limits: limits) else { return nil }
        self.init(json: object)
    }

    /// Reads the JSON object; the signature is not verified. Nil when it is none. Members that are not known are ignored.
    package init?(json object: JSONObject) {
        guard let epoch = (try? object.string("epoch")).flatMap({ Epoch(parsing: $0) }),
            let previous = (try? object.string("previous_epoch")).flatMap({ Epoch(parsing: $0) }),
            let at = (try? object.string("at")).flatMap({ Timestamp(parsing: $0) }),
            let reason = try? object.string("reason"), let keyID = try? object.string("key_id"),
            let signature = try? object.string("signature")
        else { return nil }
        self.init(
            epoch: epoch, previous: previous, at: at, reason: reason,
            signature: RecordSignature(signature: signature, keyID: keyID))
    }

    /// The value of the header `Config-Epoch-Signature`: the JSON object in base64.
    package var headerValue: String { Base64.encode(jsonBytes) }

    /// Reads the value of the header; the signature is not verified. Nil when it is none.
    package init?(headerValue text: String) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(json: bytes)
    }
}

extension TrustedKeys {
    /// Returns when a trusted key stated that this epoch counts.
    ///
    /// Which epoch it replaced is information: a watcher that was away may have missed several changes, and the newest
    /// statement says by itself what its signer wants to count.
    ///
    /// - Parameter document: which document is to be followed into the epoch; nil for all of them.
    /// - Throws: `SignatureFailure`, `.missing` also when the statement is about another epoch.
    public func verify(
        _ statement: EpochStatement?, of epoch: Epoch, for document: DocumentKey? = nil
    ) throws(SignatureFailure) {
        guard let statement, statement.epoch == epoch else { throw .missing }
        try verify(statement.framing, signature: statement.signature, for: document)
    }
}
