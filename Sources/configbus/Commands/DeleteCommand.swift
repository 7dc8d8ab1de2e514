import ArgumentParser
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
            let edit = DocumentsEdit(keys: keys, change: change)
            return try await output.explaining { try await edit.publish(client, .delete) }.print(output)
        }
        let deletion = try await client.about(key) { try await client.delete(key, try change.options()) }
        switch deletion {
        case .deleted(let version, let warnings):
            CheckWarnings.say(warnings)
            try output.print(json(deleted: 1, version)) { "\(key) deleted with version \(version)." }
        case .nothing:
            if output.format != .text { try output.print(json(deleted: 0, nil)) { "" } }
            throw CommandFailure.refused("Nothing was deleted. \(try await reason(client, key))")
        }
    }

    private func reason(_ client: RegistryClient, _ key: DocumentKey) async throws -> String {
        guard case .deleted(let tombstone) = try await client.head(of: key) else {
            return await client.missing(key).description
        }
        return "\(key) was deleted with version \(tombstone.version) already."
    }

    private func json(deleted: Int, _ version: Int64?) throws -> JSONValue {
        var object = JSONObject()
        object["deleted"] = .number(JSONNumber(deleted))
        object["version"] = version.map { .number(JSONNumber($0)) }
        return .object(object)
    }
}
