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

    /// Makes what a plan says: one document with the registry's own call, several as a change set.
    func make(
        _ plan: ChangePlan, _ reason: ChangeReasonOptions, _ client: RegistryClient
    ) async throws -> ChangeSetReport {
        guard let step = plan.changing.first, plan.changing.count == 1 else {
            var reason = reason
            // The registry says it of a single document.
            let comment = reason.comment.isEmpty ? "" : "\n\(reason.comment)"
            reason.comment = "promoted from \(sources[0].environment)\(comment)"
            return try await client.make(plan, reason)
        }
        let options = try reason.options(expected: .version(step.version ?? 0))
        let written = try await client.promote(
            step.key, from: sources[0].environment, version: version, options)
        return ChangeSetReport(plan: plan, records: [written.record], warnings: written.warnings)
    }
}
