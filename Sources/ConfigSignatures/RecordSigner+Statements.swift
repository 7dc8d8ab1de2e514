package import ConfigModel

extension AuditCheckpoint {
    /// Signs.
    package init(
        log: String, count: Int, entryHash: String, at: Timestamp, signer: RecordSigner
    ) throws(SigningError) {
        let message = Self.message(log: log, count: count, entryHash: entryHash, at: at)
        self.init(log: log, count: count, entryHash: entryHash, at: at, signature: try signer.signature(of: message))
    }
}

extension EpochStatement {
    /// Signs.
    package init(
        epoch: Epoch, previous: Epoch, at: Timestamp, reason: String, signer: RecordSigner
    ) throws(SigningError) {
        let signature = try signer.signature(of: Self.framing(epoch, previous, at, reason))
        self.init(epoch: epoch, previous: previous, at: at, reason: reason, signature: signature)
    }
}
