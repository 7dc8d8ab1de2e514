import ArgumentParser
import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Deletes a document; its history stays.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a document; its history stays and a rollback revives it.",
        usage: "configbus delete <service> [<options>]",
        discussion: """
            configbus delete parsing -e staging --comment 'not used any more'
            """)

    @OptionGroup var documents: DocumentsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try documents.refuse(change.expectedVersion.map { _ in "--expected-version" })
    }

    func run() async throws {
        let keys = try documents.keys()
        let client = try connection.client()
        guard let key = keys.first, keys.count == 1 else {
            return try await DocumentsEdit(keys: keys, change: change).publish(client, .delete).print(output)
        }
        try await WriteRole.needing(.admin) { try await delete(key, client) }
    }

    private func delete(_ key: DocumentKey, _ client: RegistryClient) async throws {
        if let earlier = try await EarlierVersions.made(under: change.reason.idempotencyKey, [key], client) {
            let wanted = WantedChange(key: key, operation: .delete)
            let report = try await earlier.report(of: wanted, comment: change.reason.comment, client)
            return try report.print(output)
        }
        let deletion = try await client.about(key) { try await client.delete(key, try change.options()) }
        guard case .deleted(let version, let warnings) = deletion else {
            throw try await reason(client, key)
        }
        CheckWarnings.say(warnings)
        let result = try await json(key, version, warnings, client)
        try output.print(result) { "\(key) deleted with version \(version)." }
    }

    /// Why nothing was deleted.
    private func reason(_ client: RegistryClient, _ key: DocumentKey) async throws -> CommandFailure {
        guard case .deleted(let tombstone) = try await client.head(of: key) else {
            return .unknown("Nothing was deleted. \(await client.missing(key))")
        }
        return CommandFailure.refused(
            "Nothing was deleted. \(key) was deleted with version \(tombstone.version) already."
        ).with("type", .string("deleted"))
    }

    /// The record of the deletion, as of every other write.
    private func json(
        _ key: DocumentKey, _ version: Int64, _ warnings: [CheckFinding], _ client: RegistryClient
    ) async throws -> JSONValue {
        var object = JSONObject()
        // A deletion that is made is not undone by an answer that is lost.
        if output.format != .text, case .object(let record)? = try? await client.version(version, of: key).json {
            object = record
        }
        object["service_name"] = .string(key.service)
        object["environment"] = .string(key.environment)
        object["version"] = .number(JSONNumber(version))
        object["change_type"] = .string(ChangeType.deleted.rawValue)
        if !warnings.isEmpty { object["warnings"] = .array(warnings.map(\.json)) }
        return .object(object)
    }
}
