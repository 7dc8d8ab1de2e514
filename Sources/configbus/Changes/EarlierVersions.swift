import ConfigModel
import RegistryAPI
import RegistryClient

/// The versions that were made before under the `--idempotency-key` of a command.
///
/// What a command does depends on what is there: the same command on later versions would do something else, so that it is
/// answered with what it did, without doing anything.
struct EarlierVersions: Sendable {
    /// The key.
    let changeID: String
    /// The one that was found first.
    let first: VersionRecord
    /// All of them: of one document, or of the documents of a change set.
    let records: [VersionRecord]

    /// How many versions of a document are searched.
    private static let searchedVersions = 100

    /// - Parameters:
    ///   - changeID: the `--idempotency-key`; nil for none.
    ///   - keys: the documents that the command is about.
    /// - Returns: nil without a key, and when the key is new to these documents.
    static func made(
        under changeID: String?, _ keys: [DocumentKey], _ client: RegistryClient
    ) async throws -> EarlierVersions? {
        guard let changeID else { return nil }
        for key in keys {
            guard let record = try await newest(of: key, client).first(where: { $0.changeID == changeID }) else {
                continue
            }
            let earlier = EarlierVersions(changeID: changeID, first: record, records: [record])
            guard let changeSet = record.changeSet else { return earlier }
            let versions = try await client.changeSet(changeSet.id)
            guard versions.hidden == 0 else { throw earlier.fromAnotherCommand(record) }
            return EarlierVersions(changeID: changeID, first: record, records: versions.records)
        }
        return nil
    }

    /// The versions of a document that are searched; none of one that does not exist.
    private static func newest(of key: DocumentKey, _ client: RegistryClient) async throws -> [VersionRecord] {
        do {
            return try await client.history(of: key, limit: searchedVersions)
        } catch  where error.code == .notFound {
            return []
        }
    }

    /// The failure for a key that another command has used.
    func fromAnotherCommand(_ record: VersionRecord) -> CommandFailure {
        CommandFailure.refused(
            "The --idempotency-key '\(changeID)' already made version \(record.version) of \(record.key.title) from another "
                + "command; use a new key for a new change."
        ).with("type", .string("change-reused")).with("version", .number(JSONNumber(record.version)))
    }

    /// What a command that changes one document alone made of it.
    func report(
        of wanted: WantedChange, comment: String, _ client: RegistryClient
    ) async throws -> WriteReport {
        guard first.changeSet == nil, try await wanted.made(first, comment, client) else {
            throw fromAnotherCommand(first)
        }
        return .repetition(first, newest: try await Self.newest(of: first, client))
    }

    /// The newest version of a record's document.
    static func newest(of record: VersionRecord, _ client: RegistryClient) async throws -> Int64 {
        try await client.history(of: record.key, limit: 1).first?.version ?? record.version
    }
}
