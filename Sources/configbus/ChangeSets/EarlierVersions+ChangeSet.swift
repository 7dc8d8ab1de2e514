import ConfigModel
import RegistryClient

extension EarlierVersions {
    /// What a command that changes several documents as one made of them.
    func report(
        of wanted: [WantedChange], comment: String, _ client: RegistryClient
    ) async throws -> ChangeSetReport {
        let made = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
        guard first.changeSet != nil, records.allSatisfy({ record in wanted.contains { $0.key == record.key } }) else {
            throw fromAnotherCommand(first)
        }
        var entries: [ChangeSetReport.Entry] = []
        for change in wanted {
            if let record = made[change.key] {
                guard try await change.made(record, comment, client) else { throw fromAnotherCommand(record) }
                entries.append(.repeated(record, newest: try await Self.newest(of: record, client)))
            } else {
                guard let version = try await change.left(at: first.createdAt, client) else {
                    throw fromAnotherCommand(first)
                }
                entries.append(.left(change.key, version: version))
            }
        }
        return ChangeSetReport(entries: entries, changeSetID: first.changeSet?.id)
    }
}
