import ConfigModel
import RegistryAPI
import RegistryClient

/// Documents of one environment whose contents another one gets.
struct EnvironmentPromotion {
    /// The documents that are copied.
    let sources: [DocumentKey]
    /// The environment that gets them.
    let target: String
    /// The version that is copied, of a single document; nil for the newest.
    let version: Int64?

    /// Compares both environments.
    ///
    /// - Throws: `CommandFailure` that names every document that does not exist.
    func plan(_ client: RegistryClient) async throws -> ChangePlan {
        var wanted: [WantedChange] = []
        var faults: [String] = []
        for (key, source) in zip(sources, try await contents(client)) {
            switch source {
            case .success(let content):
                wanted.append(
                    WantedChange(
                        key: try DocumentKey(service: key.service, environment: target), operation: .content(content)))
            case .failure(let failure) where sources.count == 1: throw failure
            case .failure(let failure): faults.append(failure.description)
            }
        }
        guard faults.isEmpty else {
            throw CommandFailure.refused(
                "Nothing was promoted: \(Count.text(faults.count, "document")) cannot be."
            ).with(faults)
        }
        return try await ChangePlan.make(wanted, client)
    }

    private func contents(_ client: RegistryClient) async throws -> [Result<Content, CommandFailure>] {
        if let key = sources.first, let version {
            return [
                .success(try await client.about(key) { try await client.content(ofVersion: version, of: key).content })
            ]
        }
        let heads = try await client.heads(of: sources.map { DocumentRequest($0) }, isFresh: true)
        var contents: [Result<Content, CommandFailure>] = []
        for (key, head) in zip(sources, heads) {
            switch try head.get() {
            case .content(let served): contents.append(.success(served.content))
            case .deleted(let tombstone):
                contents.append(.failure(.refused("\(key) was deleted with version \(tombstone.version).")))
            case .unknown, .notModified: contents.append(.failure(await client.missing(key)))
            }
        }
        return contents
    }

    /// Compares and makes what is to be done: one document with the registry's own call, several as a change set.
    func make(_ reason: ChangeReasonOptions, _ client: RegistryClient) async throws -> ChangeSetReport {
        if let earlier = try await repetition(reason, client) { return earlier }
        let plan = try await plan(client)
        guard plan.faults.isEmpty, let step = plan.changing.first, plan.changing.count == 1 else {
            var reason = reason
            // The registry says it of a single document.
            reason.comment = comment(reason)
            return try await client.make(plan, reason)
        }
        let options = try reason.options(expected: .version(step.version ?? 0))
        let written = try await client.promote(
            step.key, from: sources[0].environment, version: version, options)
        let warnings = written.warnings.map { DocumentFinding(key: step.key, finding: $0) }
        return ChangeSetReport(plan.hiding(warnings, options.overrides), [written])
    }

    private func comment(_ reason: ChangeReasonOptions) -> String {
        "promoted from \(sources[0].environment)\(reason.comment.isEmpty ? "" : "\n\(reason.comment)")"
    }

    /// What the same promotion made before under its `--idempotency-key`. The sources may have other contents by now, so that
    /// the versions are known by what they say of their origin.
    private func repetition(
        _ reason: ChangeReasonOptions, _ client: RegistryClient
    ) async throws -> ChangeSetReport? {
        let targets = try sources.map { try DocumentKey(service: $0.service, environment: target) }
        guard let earlier = try await EarlierVersions.made(under: reason.idempotencyKey, targets, client) else {
            return nil
        }
        var entries: [ChangeSetReport.Entry] = []
        for record in earlier.records {
            guard let source = sources.first(where: { $0.service == record.key.service }), targets.contains(record.key),
                isPromoted(record, from: source, reason)
            else { throw earlier.fromAnotherCommand(record) }
            entries.append(.repeated(record, newest: try await EarlierVersions.newest(of: record, client)))
        }
        return ChangeSetReport(entries: entries, changeSetID: earlier.first.changeSet?.id)
    }

    private func isPromoted(_ record: VersionRecord, from source: DocumentKey, _ reason: ChangeReasonOptions) -> Bool {
        guard record.changeSet == nil else { return record.comment == comment(reason) }
        let lines = record.comment.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return lines[0].hasPrefix("promoted from \(source) version \(version.map { "\($0) " } ?? "")")
            && (lines.count > 1 ? String(lines[1]) : "") == reason.comment
    }
}
