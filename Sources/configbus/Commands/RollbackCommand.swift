import ArgumentParser
import RegistryClient

/// Publishes the content of an older version again.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Publish the content of an older version as the next one.")

    @OptionGroup var document: DocumentOptions
    @Argument(help: "The version whose content is wanted back.") var version: Int64
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let record = try await connection.client().rollback(document.key(), to: version, change.options())
        try output.print(record.json) { record.line }
    }
}
