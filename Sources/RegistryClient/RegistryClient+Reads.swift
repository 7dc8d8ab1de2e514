public import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// The newest version of a document.
    ///
    /// - Parameters:
    ///   - key: which document.
    ///   - ifNoneMatch: the ETag of the version that the caller has; answered by `.notModified` while it is the newest.
    ///   - minimumVersion: nothing older is answered; the registry waits a little, then refuses with `.behind`.
    ///   - epoch: the epoch that `minimumVersion` belongs to.
    ///   - isFresh: as the registry's store has it after the request came in; what it remembers may be a second old.
    ///   - wait: with `ifNoneMatch`, how long the registry may wait for a newer version, at most a minute.
    public func head(
        of key: DocumentKey, ifNoneMatch: String? = nil, minimumVersion: Int64? = nil, epoch: Epoch? = nil,
        isFresh: Bool = false, wait: Duration? = nil
    ) async throws(RegistryClientError) -> HeadResponse {
        let get = GetRequest(
            key, .newest(GetRequest.Minimum(version: minimumVersion, epoch: epoch), wait: wait),
            condition: ReadCondition(ifNoneMatch), isFresh: isFresh)
        let response = try await read(get.request, accepting: [200, 304, 404])
        guard response.status != 404 else { return try absence(of: key, response) }
        let answer = try decoded { () throws(InvalidResponse) in
            try ServedHeadReader(response, key: key).head(ifNoneMatch: ifNoneMatch)
        }
        if case .content(let served) = answer {
            try refuseOlder(version: served.version, in: served.epoch, than: minimumVersion, in: epoch)
        }
        return answer
    }

    /// The content of one version.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such version.
    public func content(
        ofVersion version: Int64, of key: DocumentKey
    ) async throws(RegistryClientError) -> ServedContent {
        let response = try await read(GetRequest(key, .version(version)).request)
        let served = try decoded { () throws(InvalidResponse) in
            try ServedHeadReader(response, key: key).content()
        }
        guard served.version == version else {
            throw refusal("version \(served.version) where version \(version) was requested")
        }
        return served
    }

    /// One version, whole.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such version.
    public func version(_ version: Int64, of key: DocumentKey) async throws(RegistryClientError) -> VersionRecord {
        let response = try await read(VersionRequest(key, version: version).request)
        let record = try record(from: response, of: key)
        guard record.version == version else {
            throw refusal("version \(record.version) where version \(version) was requested")
        }
        return record
    }

    /// Versions, newest first; empty when the document never existed.
    ///
    /// - Parameters:
    ///   - key: which document.
    ///   - before: only versions below this one.
    ///   - limit: at most this many.
    public func history(
        of key: DocumentKey, before: Int64? = nil, limit: Int = 10
    ) async throws(RegistryClientError) -> [VersionRecord] {
        let response = try await read(HistoryRequest(key, before: before, limit: limit).request)
        let records = try decoded { () throws(InvalidResponse) in try RecordList.read(response.body) }
        var bound = before
        for record in records {
            guard record.key == key, bound.map({ record.version < $0 }) ?? true else {
                throw refusal("a history that is out of order or of another document")
            }
            bound = record.version
        }
        return records
    }

    /// What changed between two versions; without numbers, between the last two.
    public func diff(
        of key: DocumentKey, from oldVersion: Int64? = nil, to newVersion: Int64? = nil
    ) async throws(RegistryClientError) -> VersionDiff {
        let response = try await read(DiffRequest(key, from: oldVersion, to: newVersion).request)
        let diff = try decoded { () throws(InvalidResponse) in try VersionDiff(response.body) }
        guard diff.key == key else { throw refusal("a comparison of another document") }
        return diff
    }

    /// Unknown is never taken for deleted, and neither for a response of something that is not a registry.
    private func absence(of key: DocumentKey, _ response: RegistryResponse) throws(RegistryClientError) -> HeadResponse
    {
        let error = ProblemReader.error(from: response, url: url)
        switch error.problem?.type {
        case .unknown?: return .unknown
        case .deleted?:
            return .deleted(
                try decoded { () throws(InvalidResponse) in try ServedHeadReader(response, key: key).tombstone() })
        default: throw error
        }
    }
}
