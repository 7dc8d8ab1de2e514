import AsyncSupport
package import ConfigModel
import ConfigStore

/// What a schema says of one version of a document.
package struct SchemaVerdict: Sendable, Equatable {
    /// Which document.
    package let key: DocumentKey
    /// Which version of it; 0 for one whose number cannot be read.
    package let version: Int64
    /// What does not fit; empty when the document is valid.
    package let findings: [CheckFinding]

    /// True when it fits.
    package var isValid: Bool { findings.isEmpty }
}

/// Applies a schema to the documents of a service.
struct SchemaTrial: Sendable {
    /// How long a trial may take.
    static let timeLimit: Duration = .seconds(10)

    let heads: SchemaHeads
    let judgement: SchemaJudgement
    /// Each document is a check by itself, so that what is written meanwhile need not wait for all of them.
    let threads: CheckThreads
    private let deadline = ContinuousClock.now + Self.timeLimit

    init(heads: SchemaHeads, judgement: SchemaJudgement, threads: CheckThreads) {
        self.heads = heads
        self.judgement = judgement
        self.threads = threads
    }

    static func tooLong(_ service: String) -> RegistryError {
        .tooMuchWork(
            "The documents of \(service) take longer to check than one request may; make the schema simpler, or ask for fewer "
                + "versions. Nothing was stored.")
    }

    private var isMerged: Bool { judgement.schema.checks == .merged }

    /// What it says of all living heads, as reads show that began after the call.
    ///
    /// - Parameter companions: what is stored together with the schema, and is checked by itself.
    func headVerdicts(
        of service: String, among companions: CompanionDrafts = .none
    ) async throws(RegistryError) -> [SchemaVerdict] {
        let base: JSONObject?
        if let companion = companions[try SchemaHeads.defaultKey(of: service)] {
            base = isMerged ? try companion.content?.readContent() : nil
        } else {
            base = try await self.base(of: service)
        }
        var verdicts: [SchemaVerdict] = []
        try await heads.read(of: service) { page throws(RegistryError) in
            for record in page.map(\.record) where companions[record.key] == nil {
                verdicts.append(try await verdict(on: record, over: base))
            }
            for version in page.damaged {
                guard let key = version.key, companions[key] == nil else { continue }
                verdicts.append(verdict(on: version, of: key))
            }
        }
        return verdicts
    }

    /// The same, and of the last versions of each document, newest first: what a rollback could bring back, of a deleted document
    /// too.
    ///
    /// - Parameter count: how many versions; heads among them.
    func verdicts(of service: String, history count: Int) async throws(RegistryError) -> [SchemaVerdict] {
        guard count > 0 else { return try await headVerdicts(of: service) }
        let base = try await base(of: service)
        var verdicts: [SchemaVerdict] = []
        try await heads.read(of: service, includesDeleted: true) { page throws(RegistryError) in
            for head in page.map(\.record) {
                if !head.isTombstone { verdicts.append(try await verdict(on: head, over: base)) }
                verdicts += try await olderVerdicts(than: head.version, of: head.key, atMost: count - 1, over: base)
            }
            for version in page.damaged {
                guard let key = version.key else { continue }
                verdicts.append(verdict(on: version, of: key))
                guard let number = version.version else { continue }
                verdicts += try await olderVerdicts(than: number, of: key, atMost: count - 1, over: base)
            }
        }
        return verdicts
    }

    private func olderVerdicts(
        than version: Int64, of key: DocumentKey, atMost count: Int, over base: JSONObject?
    ) async throws(RegistryError) -> [SchemaVerdict] {
        var verdicts: [SchemaVerdict] = []
        var left = count
        var before = version
        while left > 0, before > 1 {
            let page = try await history(of: key, before: before, limit: min(left, 20))
            for record in page.map(\.record) where !record.isTombstone {
                verdicts.append(try await verdict(on: record, over: base))
            }
            guard page.rowCount > 0, let oldest = page.map(\.record.version).min() else { break }
            left -= page.rowCount
            before = oldest
        }
        return verdicts
    }

    private func base(of service: String) async throws(RegistryError) -> JSONObject? {
        guard isMerged else { return nil }
        return try await heads.base(of: service, isFresh: true)?.content.readContent()
    }

    private func verdict(
        on record: VersionRecord, over base: JSONObject?
    ) async throws(RegistryError) -> SchemaVerdict {
        guard ContinuousClock.now < deadline else { throw Self.tooLong(record.key.service) }
        let isAlone = record.key.environment == DocumentKey.defaultEnvironment
        let findings = try await threads.run(for: record.key.service) { () async throws(RegistryError) in
            try judgement.findings(
                in: try record.content.readContent(), over: isAlone ? nil : base, environment: record.key.environment,
                atMost: SchemaCheck.findingsOfOthers)
        }
        return SchemaVerdict(key: record.key, version: record.version, findings: findings)
    }

    private func verdict(on version: DamagedVersion, of key: DocumentKey) -> SchemaVerdict {
        SchemaVerdict(
            key: key, version: version.version ?? 0,
            findings: [judgement.finding(about: "\(version)", environment: key.environment)])
    }

    private func history(of key: DocumentKey, before: Int64, limit: Int) async throws(RegistryError) -> VersionPage {
        heads.counters.count { $0.reads.storeReads += 1 }
        do {
            return try await heads.store.history(of: key, before: before, limit: limit, maximumBytes: 8 << 20)
        } catch {
            throw RegistryError(reading: error)
        }
    }
}
