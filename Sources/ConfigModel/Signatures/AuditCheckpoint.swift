/// A signed statement of how long an audit log was at a moment and what its last entry was. Nothing before it can be changed,
/// removed or inserted without being found.
///
/// It is a line of the log (`{"log":"...","count":n,"entry_hash":"...","at":"...","key_id":"...","signature":"..."}`), the
/// content of the file beside it, and what registries keep. It names its log, so that the checkpoint of one log does not pass
/// for that of another. The signature is Ed25519 (RFC 8032) in base64 over the UTF-8 bytes of five lines without a line feed
/// at the end: `configbus-audit-checkpoint-v2`, the log, the count, the entry hash, the time.
package struct AuditCheckpoint: Sendable, Equatable {
    /// The name of the log.
    package let log: String
    /// How many entries there were; checkpoints do not count.
    package let count: Int
    /// The hash of the last of them.
    package let entryHash: String
    /// When it was signed.
    package let at: Timestamp
    /// The audit's signature over the other fields.
    package let signature: RecordSignature

    /// Takes what was read, or what was signed; nothing is verified.
    package init(log: String, count: Int, entryHash: String, at: Timestamp, signature: RecordSignature) {
        self.log = log
        self.count = count
        self.entryHash = entryHash
        self.at = at
        self.signature = signature
    }

    /// True when the key made the signature.
    package func isSigned(by key: PublicKey) -> Bool {
        (try? key.verify(message, signature: signature)) != nil
    }

    /// The bytes that are signed.
    package var message: [UInt8] { Self.message(log: log, count: count, entryHash: entryHash, at: at) }

    /// The line without its line feed.
    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 448)
        writer.object { line in
            line.member("log", log)
            line.member("count", count)
            line.member("entry_hash", entryHash)
            line.member("at", at.description)
            line.member("key_id", signature.keyID)
            line.member("signature", signature.signature)
        }
        return writer.bytes
    }

    /// The bytes that a signer of these facts signs.
    package static func message(log: String, count: Int, entryHash: String, at: Timestamp) -> [UInt8] {
        Array("configbus-audit-checkpoint-v2\n\(log)\n\(count)\n\(entryHash)\n\(at)".utf8)
    }
}

extension AuditCheckpoint {
    /// How every line of a checkpoint begins.
    package static let opening = "{\"log\":"

    private static let fields = ["log", "count", "entry_hash", "at", "key_id", "signature"]

    /// Reads the object of a line; the signature is not checked.
    package init(json line: JSONObject) throws(JSONFieldError) {
        try line.refuseFields(otherThan: Self.fields)
        let count = try line.int64("count")
        guard count >= 1, let count = Int(exactly: count) else {
            throw JSONFieldError(field: "count", problem: .invalid("it must be at least 1."))
        }
        guard let at = Timestamp(parsing: try line.string("at")) else {
            throw JSONFieldError(field: "at", problem: .invalid("it must look like 2026-11-20T21:30:00.123Z."))
        }
        let hash = try line.string("entry_hash")
        guard SHA256Text.isWellFormed(hash) else {
            throw JSONFieldError(
                field: "entry_hash", problem: .invalid("it must be 'sha256:' and 64 hexadecimal digits."))
        }
        let signature = RecordSignature(signature: try line.string("signature"), keyID: try line.string("key_id"))
        self.init(log: try line.string("log"), count: count, entryHash: hash, at: at, signature: signature)
    }
}

extension TrustedKeys {
    /// Returns when a trusted key signed this checkpoint.
    package func verify(_ checkpoint: AuditCheckpoint) throws(SignatureFailure) {
        try verify(checkpoint.message, signature: checkpoint.signature, for: nil)
    }
}
