import ConfigModel
import RegistryAPI
import RegistryClient

extension RegistryClient {
    /// Makes one change of a plan on the version that it was planned on.
    ///
    /// - Returns: the version, and what checks let pass.
    func make(
        _ step: PlannedChange, _ options: WriteOptions
    ) async throws(RegistryClientError) -> (version: Int64, warnings: [CheckFinding]) {
        var options = options
        options.expected = step.wanted.expected ?? step.version.map { .version($0) }
        let written: WrittenVersion
        switch (step.wanted.operation, step.content) {
        case (.schema(let document), _):
            let facts = try await putSchema(document, of: step.key.service, options)
            return (facts.version, facts.warnings)
        case (.restore(let version), _): written = try await rollback(step.key, to: version, options)
        case (_, let content?) where step.action == .create:
            options.expected = nil
            written = try await create(content, as: step.key, options)
        case (_, let content?): written = try await update(content, of: step.key, options)
        case (_, nil):
            guard case .deleted(let version, let warnings) = try await delete(step.key, options) else {
                throw RegistryClientError(.notFound, "There is no such document any more.")
            }
            return (version, warnings)
        }
        return (written.record.version, written.warnings)
    }
}
