import ConfigModel
import ConfigSignatures

/// The versions of one document, made without a registry.
struct FloorRecords {
    private let key: DocumentKey
    private let content: BenchContent
    private let signer: RecordSigner?
    private let epoch: Epoch
    private var last: VersionRecord?

    init(_ plan: BenchPlan, key: DocumentKey, epoch: Epoch, after last: VersionRecord?) {
        self.key = key
        self.epoch = epoch
        self.last = last
        content = BenchContent(size: plan.size)
        signer = plan.signer
    }

    mutating func next() throws -> VersionRecord {
        let version = (last?.version ?? 0) + 1
        let record = VersionRecord(
            key: key, version: version, changeType: last == nil ? .created : .updated,
            content: try content.content(Int(version)), previousHash: last?.recordHash, epoch: epoch,
            changeID: UUIDText.random(), createdAt: Timestamp.now, createdBy: "configbus bench", comment: "bench")
        let signed = try signer.map { record.signed(try $0.sign(record)) } ?? record
        last = signed
        return signed
    }
}
