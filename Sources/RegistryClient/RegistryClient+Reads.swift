import AsyncSupport
public import ConfigModel

extension RegistryClient {
    /// The newest version of a document.
    ///
    /// - Parameters:
    ///   - key: which document.
    ///   - ifNoneMatch: the ETag of the version that the caller has; answered by `.notModified` while it is the newest.
    ///   - minimumVersion: nothing older is answered; the registry waits a little, then refuses with `.behind`.
    ///   - epoch: the epoch that `minimumVersion` belongs to.
    ///   - isFresh: as the registry's store has it after the question came in; what it remembers may be a second old.
    ///   - wait: with `ifNoneMatch`, how long the registry may wait for a newer version, at most a minute.
    public func head(
        of key: DocumentKey, ifNoneMatch: String? = nil, minimumVersion: Int64? = nil, epoch: Epoch? = nil,
        isFresh: Bool = false, wait: Duration? = nil
    ) async throws(RegistryClientError) -> HeadAnswer {
        let request = RegistryRequest(
            path: RegistryRequest.path(of: key),
            query: [
                ("environment", key.environment), ("min_version", minimumVersion.map { String($0) }),
                ("epoch", epoch?.description), ("wait", wait.map { "\($0.milliseconds)ms" }),
            ],
            headers: [("If-None-Match", ifNoneMatch), ("Cache-Control", isFresh ? "no-cache" : nil)],
            wait: wait ?? .zero)
        let response = try await read(request, accepting: [200, 304, 404])
        guard response.status != 404 else { return try absence(of: key, response) }
        let answer = try HeadReader(response, key: key, url: url).answer(askedFor: ifNoneMatch)
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
        let request = RegistryRequest(
            path: RegistryRequest.path(of: key),
            query: [("environment", key.environment), ("version", String(version))])
        let served = try HeadReader(try await read(request), key: key, url: url).content()
        guard served.version == version else {
            throw answers.refusal("version \(served.version) where version \(version) was asked for")
        }
        return served
    }

    /// One version, whole.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such version.
    public func version(_ version: Int64, of key: DocumentKey) async throws(RegistryClientError) -> VersionRecord {
        let request = RegistryRequest(
            path: RegistryRequest.path(of: key, "/versions/\(version)"), query: [("environment", key.environment)])
        let record = try record(from: try await read(request), of: key)
        guard record.version == version else {
            throw answers.refusal("version \(record.version) where version \(version) was asked for")
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
        let request = RegistryRequest(
            path: RegistryRequest.path(of: key, "/history"),
            query: [
                ("environment", key.environment), ("limit", String(limit)),
                ("before_version", before.map { String($0) }),
            ],
            maximumAnswer: RegistryRequest.listLimit)
        let records = try records(from: try await read(request))
        var bound = before
        for record in records {
            guard record.key == key, bound.map({ record.version < $0 }) ?? true else {
                throw answers.refusal("a history that is out of order or of another document")
            }
            bound = record.version
        }
        return records
    }

    /// What changed between two versions; without numbers, between the last two.
    public func diff(
        of key: DocumentKey, from oldVersion: Int64? = nil, to newVersion: Int64? = nil
    ) async throws(RegistryClientError) -> VersionDiff {
        let request = RegistryRequest(
            path: RegistryRequest.path(of: key, "/diff"),
            query: [
                ("environment", key.environment), ("old_version", oldVersion.map { String($0) }),
                ("new_version", newVersion.map { String($0) }),
            ],
            maximumAnswer: RegistryRequest.listLimit)
        let object = try answers.object(try await read(request).body)
        let diff = try answers.fields { () throws(JSONFieldError) in try VersionDiff(json: object) }
        guard diff.key == key else { throw answers.refusal("a comparison of another document") }
        return diff
    }

    /// Unknown is never taken for deleted, and neither for an answer of something that is not a registry.
    private func absence(of key: DocumentKey, _ response: RegistryResponse) throws(RegistryClientError) -> HeadAnswer {
        let error = ProblemReader.error(from: response, url: url)
        switch error.problem?.type {
        case "unknown": return .unknown
        case "deleted": return .deleted(try HeadReader.tombstone(from: response, key: key, url: url))
        default: throw error
        }
    }

    /// The lie that would matter: an older version than the one that was asked for.
    func refuseOlder(
        version: Int64, in epoch: Epoch, than minimum: Int64?, in wanted: Epoch?
    ) throws(RegistryClientError) {
        guard let minimum, epoch == wanted ?? epoch, version < minimum else { return }
        throw answers.refusal("version \(version) where at least \(minimum) was asked for")
    }
}
