import ConfigModel
import RegistryAPI

extension RegistryClient {
    /// What one entry of a response says: what a read of the document alone would return or throw.
    func result(
        _ entry: Result<BatchGetResponse.Entry, InvalidResponse>, to document: DocumentRequest,
        _ statement: EpochStatement?
    ) -> HeadResult {
        do throws(RegistryClientError) {
            let entry = try decoded { () throws(InvalidResponse) in try entry.get() }
            return .success(try head(entry, to: document, statement))
        } catch {
            return .failure(error)
        }
    }

    private func head(
        _ entry: BatchGetResponse.Entry, to document: DocumentRequest, _ statement: EpochStatement?
    ) throws(RegistryClientError) -> HeadResponse {
        switch entry {
        case .notModified(let etag, let facts): return .notModified(etag: etag, facts: facts)
        case .problem(let problem):
            guard problem.type == .unknown else { throw ProblemReader.error(problem, url: url) }
            return .unknown
        case .record(let record, let epoch):
            try refuseOlder(
                version: record.version, in: epoch, than: document.minimumVersion, in: document.epoch)
            guard record.changeType != .deleted else {
                guard record.content == .empty else { throw refusal("a tombstone with content") }
                return .deleted(ServedTombstone(record, epoch: epoch, statement))
            }
            return .content(ServedContent(record, epoch: epoch, statement))
        }
    }
}

extension ServedContent {
    fileprivate init(_ record: VersionRecord, epoch: Epoch, _ statement: EpochStatement?) {
        self.init(
            key: record.key, version: record.version, content: record.content, recordHash: record.recordHash,
            epoch: epoch, recordEpoch: record.epoch, changeType: record.changeType, signature: record.signature,
            etag: epoch.etag(record.version), lastModified: nil, epochStatement: statement, changeSet: record.changeSet)
    }
}

extension ServedTombstone {
    fileprivate init(_ record: VersionRecord, epoch: Epoch, _ statement: EpochStatement?) {
        self.init(
            key: record.key, version: record.version, recordHash: record.recordHash, epoch: epoch,
            recordEpoch: record.epoch, signature: record.signature, etag: epoch.etag(record.version),
            epochStatement: statement, changeSet: record.changeSet)
    }
}
