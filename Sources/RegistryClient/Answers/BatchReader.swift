import ConfigModel

/// Reads what a batch says about one document.
struct BatchReader {
    let question: HeadQuestion
    let client: RegistryClient
    /// The signed statement that comes with the batch.
    let statement: EpochStatement?

    func result(_ entry: JSONValue) -> RegistryClient.HeadResult {
        do throws(RegistryClientError) {
            return .success(try answer(entry))
        } catch {
            return .failure(error)
        }
    }

    private func answer(_ entry: JSONValue) throws(RegistryClientError) -> HeadAnswer {
        guard case .object(let entry) = entry else { throw refusal("an answer that is not an object") }
        let status = try field { () throws(JSONFieldError) in try entry.int64("status") }
        switch status {
        case 200: return try head(entry)
        case 304:
            guard question.ifNoneMatch != nil else { throw refusal("'not modified' to a question without a condition") }
            return try field { () throws(JSONFieldError) in
                .notModified(etag: try entry.string("etag"), facts: try facts(entry))
            }
        default:
            let members = try field { () throws(JSONFieldError) in try entry.object("problem") }
            let error = ProblemReader.error(status: Int(clamping: status), members: members, url: client.url)
            guard error.problem?.type == "unknown" else { throw error }
            return .unknown
        }
    }

    private func facts(_ entry: JSONObject) throws(JSONFieldError) -> SignedFacts? {
        guard entry["record_hash"] != nil else { return nil }
        return SignedFacts(
            epoch: try entry.answered("record_epoch") { Epoch(parsing: $0) }, key: question.key,
            version: try entry.int64("version"),
            changeType: try entry.answered("change_type") { ChangeType(rawValue: $0) },
            contentHash: try entry.string("content_hash"), recordHash: try entry.string("record_hash"))
    }

    private func head(_ entry: JSONObject) throws(RegistryClientError) -> HeadAnswer {
        let (fields, etag, epoch) = try field { () throws(JSONFieldError) in
            (try entry.object("record"), try entry.string("etag"), try entry.answered("epoch") { Epoch(parsing: $0) })
        }
        let record = try client.record(from: fields, of: question.key)
        guard etag == epoch.etag(record.version) else {
            throw refusal("an ETag that does not name the version")
        }
        try client.refuseOlder(
            version: record.version, in: epoch, than: question.minimumVersion, in: question.epoch)
        guard record.changeType != .deleted else {
            guard record.content == .empty else { throw refusal("a tombstone with content") }
            return .deleted(
                ServedTombstone(
                    key: record.key, version: record.version, recordHash: record.recordHash, epoch: epoch,
                    recordEpoch: record.epoch, signature: record.signature, etag: etag, epochStatement: statement))
        }
        return .content(
            ServedContent(
                key: record.key, version: record.version, content: record.content, recordHash: record.recordHash,
                epoch: epoch, recordEpoch: record.epoch, changeType: record.changeType, signature: record.signature,
                etag: etag, lastModified: nil, epochStatement: statement))
    }

    private func field<Value>(
        _ read: () throws(JSONFieldError) -> Value
    ) throws(RegistryClientError) -> Value {
        try client.answers.fields(read)
    }

    private func refusal(_ what: String) -> RegistryClientError { client.answers.refusal(what) }
}
