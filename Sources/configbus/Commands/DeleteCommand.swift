import ArgumentParser
import ConfigModel
import RegistryClient

/// Deletes a document; its history stays.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a document; its history stays and a rollback revives it.")

    @OptionGroup var document: DocumentOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try document.key()
        let deletion = try await connection.client().delete(key, change.options())
        switch deletion {
        case .deleted(let version):
            try output.print(json(deleted: 1, version)) { "\(key) deleted with version \(version)." }
        case .nothing:
            try output.print(json(deleted: 0, nil)) { "There is no document \(key); nothing was deleted." }
        }
    }

    private func json(deleted: Int, _ version: Int64?) throws -> JSONValue {
        var object = JSONObject()
        object["deleted"] = .number(JSONNumber(deleted))
        object["version"] = version.map { .number(JSONNumber($0)) }
        return .object(object)
    }
}
