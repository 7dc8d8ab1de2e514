/// What a signature is made over: enough to know which content of which version is meant, wherever it came from.
public struct SignedFacts: Sendable, Equatable {
    /// The history that the version belongs to.
    public let epoch: Epoch
    /// Which document.
    public let key: DocumentKey
    /// Which version.
    public let version: Int64
    /// What the version did.
    public let changeType: ChangeType
    /// The hash of its content.
    public let contentHash: String
    /// The hash of the whole record.
    public let recordHash: String

    /// Puts together facts that arrived separately, for example in the headers of a response.
    public init(
        epoch: Epoch, key: DocumentKey, version: Int64, changeType: ChangeType, contentHash: String, recordHash: String
    ) {
        self.epoch = epoch
        self.key = key
        self.version = version
        self.changeType = changeType
        self.contentHash = contentHash
        self.recordHash = recordHash
    }

    /// The bytes that are signed.
    package var framing: [UInt8] {
        RecordFraming([
            RecordFraming.domain, epoch.description, key.service, key.environment, String(version), changeType.rawValue,
            contentHash, recordHash,
        ]).bytes
    }
}

extension VersionRecord {
    /// What its signature is made over.
    public var signedFacts: SignedFacts {
        SignedFacts(
            epoch: epoch, key: key, version: version, changeType: changeType, contentHash: content.hash,
            recordHash: recordHash)
    }
}
