package import ConfigModel

/// A signed statement of how long the log was at a moment and what its last entry was. Nothing before it can be changed,
/// removed or inserted without being found.
///
/// It is a line of the log (`{"count":n,"entry_hash":"...","at":"...","key_id":"...","signature":"..."}`) and the content of
/// the file beside it. The signature is Ed25519 (RFC 8032) in base64 over the UTF-8 bytes of four lines without a line feed
/// at the end: `configbus-audit-checkpoint-v1`, the count, the entry hash, the time.
package struct AuditCheckpoint: Sendable, Equatable {
    /// How many entries there were; checkpoints do not count.
    package let count: Int
    /// The hash of the last of them.
    package let entryHash: String
    package let at: Timestamp
    package let signature: RecordSignature

    /// Signs.
    package init(
        count: Int, entryHash: String, at: Timestamp, signer: RecordSigner
    ) throws(SigningError) {
        self.count = count
        self.entryHash = entryHash
        self.at = at
        let message = Self.message(count: count, entryHash: entryHash, at: at)
        signature = RecordSignature(signature: Base64.encode(try signer.sign(message)), keyID: signer.keyID)
    }

    /// True when the key made the signature.
    package func isSigned(by key: PublicKey) -> Bool {
        guard signature.keyID == key.keyID, let bytes = Base64.decode(signature.signature), bytes.count == 64 else {
            return false
        }
        return key.verifies(bytes, of: Self.message(count: count, entryHash: entryHash, at: at))
    }

    /// The line without its line feed.
    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 384)
        writer.object { line in
            line.member("count", count)
            line.member("entry_hash", entryHash)
            line.member("at", at.description)
            line.member("key_id", signature.keyID)
            line.member("signature", signature.signature)
        }
        return writer.bytes
    }

    private static func message(count: Int, entryHash: String, at: Timestamp) -> [UInt8] {
        Array("configbus-audit-checkpoint-v1\n\(count)\n\(entryHash)\n\(at)".utf8)
    }
}

extension AuditCheckpoint {
    private static let fields = ["count", "entry_hash", "at", "key_id", "signature"]

    /// Reads the object of a line; the signature is not checked.
    init(json line: JSONObject) throws(JSONFieldError) {
        try line.refuseFields(otherThan: Self.fields)
        let count = try line.int64("count")
        guard count >= 1, let count = Int(exactly: count) else {
            throw JSONFieldError(field: "count", problem: .invalid("it must be at least 1."))
        }
        guard let at = Timestamp(parsing: try line.string("at")) else {
            throw JSONFieldError(field: "at", problem: .invalid("it must look like 2026-11-20T21:30:00.123Z."))
        }
        self.count = count
        self.at = at
        entryHash = try line.string("entry_hash")
        signature = RecordSignature(signature: try line.string("signature"), keyID: try line.string("key_id"))
    }

    /// Reads the text of a checkpoint file.
    package init(parsing bytes: [UInt8]) throws(AuditFault) {
        do {
            let value = try JSONValue(parsing: bytes, limits: JSONLimits(maximumBytes: 4_096, maximumDepth: 1))
            guard case .object(let object) = value else { throw AuditFault(line: nil, "It is not a checkpoint.") }
            try self.init(json: object)
        } catch let fault as AuditFault {
            throw fault
        } catch {
            throw AuditFault(line: nil, "It is not a checkpoint. \(error)")
        }
    }
}
