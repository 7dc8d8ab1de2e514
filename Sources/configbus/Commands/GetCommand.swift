import ArgumentParser
import ConfigModel
import RegistryClient

/// Shows a document's content.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show the content of a document, or one value in it.",
        usage: "configbus get <service> [<path>] [<options>]")

    @OptionGroup var document: DocumentOptions
    @Argument(help: "A place inside the document: db.port, or a JSON pointer like /db/port.") var path: String?
    @Option(help: "This version instead of the newest.") var version: Int64?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try document.key()
        let client = try connection.client()
        let content =
            if let version {
                try await client.about(key) { try await client.content(ofVersion: version, of: key).content }
            } else {
                try await client.livingHead(of: key).content
            }
        var value = JSONValue.object(try content.object)
        if let path {
            let place = try ContentPath(path)
            guard let found = place.value(in: value) else {
                throw CommandFailure.refused("\(key) has nothing at '\(path)'.")
            }
            value = found
        }
        try output.print(value) {
            if path != nil, case .string(let text) = value {
                ControlCharacters.escaped(text)
            } else {
                PrettyJSON.text(value)
            }
        }
    }
}
