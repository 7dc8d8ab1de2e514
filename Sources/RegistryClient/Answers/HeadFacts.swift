import ConfigModel
import NIOHTTP1

/// The facts about a version that travel in headers.
struct HeadFacts {
    let version: Int64
    let contentHash: String
    let recordHash: String
    let epoch: Epoch
    let epochStatement: EpochStatement?
    let recordEpoch: Epoch
    let changeType: ChangeType
    let signature: RecordSignature?
    let etag: String

    init(_ headers: HTTPHeaders, url: String) throws(RegistryClientError) {
        func single(_ name: String) throws(RegistryClientError) -> String {
            let values = headers[name]
            guard values.count == 1 else {
                throw .invalidAnswer(from: url, "\(values.isEmpty ? "no" : "more than one") \(name) header")
            }
            return values[0]
        }
        func hash(_ name: String) throws(RegistryClientError) -> String {
            let hash = try single(name)
            guard SHA256Text.isWellFormed(hash) else { throw .invalidAnswer(from: url, "a malformed \(name) header") }
            return hash
        }
        guard let version = Int64(try single("Config-Version")), version >= 1,
            let epoch = Epoch(parsing: try single("Config-Epoch")),
            let changeType = ChangeType(rawValue: try single("Config-Change-Type"))
        else {
            throw .invalidAnswer(from: url, "a malformed Config-Version, Config-Epoch or Config-Change-Type header")
        }
        self.version = version
        self.epoch = epoch
        self.changeType = changeType
        if headers.contains(name: "Config-Epoch-Signature") {
            guard let statement = EpochStatement(headerValue: try single("Config-Epoch-Signature")) else {
                throw .invalidAnswer(from: url, "a malformed Config-Epoch-Signature header")
            }
            epochStatement = statement
        } else {
            epochStatement = nil
        }
        if headers.contains(name: "Config-Record-Epoch") {
            guard let recordEpoch = Epoch(parsing: try single("Config-Record-Epoch")) else {
                throw .invalidAnswer(from: url, "a malformed Config-Record-Epoch header")
            }
            self.recordEpoch = recordEpoch
        } else {
            recordEpoch = epoch
        }
        contentHash = try hash("Config-Hash")
        recordHash = try hash("Config-Record-Hash")
        etag = try single("ETag")
        guard etag == epoch.etag(version) else {
            throw .invalidAnswer(from: url, "an ETag that does not name the version")
        }
        if headers.contains(name: "Config-Signature") {
            signature = RecordSignature(
                signature: try single("Config-Signature"), keyID: try single("Config-Key-Id"))
        } else {
            signature = nil
        }
    }

    /// What a signature of the version is made over.
    func signed(_ key: DocumentKey) -> SignedFacts {
        SignedFacts(
            epoch: recordEpoch, key: key, version: version, changeType: changeType, contentHash: contentHash,
            recordHash: recordHash)
    }
}
