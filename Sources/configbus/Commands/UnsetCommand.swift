import ArgumentParser
import RegistryClient

/// Removes single values of a document.
struct UnsetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Remove values from a document and publish the result.")

    @OptionGroup var document: DocumentOptions
    @Argument(help: "Places inside the document: db.port, or JSON pointers like /db/port.") var paths: [String]
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let places = try paths.map(ContentPath.init)
        let record = try await DocumentEdit(key: document.key(), change: change).publish(connection.client()) {
            object in
            try places.reduce(object) { try $1.unset(in: $0) }
        }
        try output.print(record.json) { record.line }
    }
}
