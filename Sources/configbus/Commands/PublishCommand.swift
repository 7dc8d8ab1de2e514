import ArgumentParser
import ConfigModel
import RegistryClient

/// Publishes a document.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish the next version of a document, or create it.",
        discussion: """
            configbus publish parsing parsing.yaml --environment prod --comment 'more connections'
            echo '{"db_port": 5432}' | configbus publish parsing --create
            """)

    @OptionGroup var document: DocumentOptions
    @OptionGroup var input: ContentArgument
    @Flag(help: "Only create: refuse when the document exists.") var create = false
    @Flag(help: "Only update: refuse when the document does not exist.") var update = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(create && update) else { throw ValidationError("--create and --update exclude each other.") }
        guard !(create && change.expectedVersion != nil) else {
            throw ValidationError("--create and --expected-version exclude each other.")
        }
    }

    func run() async throws {
        let key = try document.key()
        let client = try connection.client()
        let content = try input.content()
        let options = change.options()
        let record =
            if create {
                try await client.create(content, as: key, options)
            } else if update || options.expected != nil {
                try await client.update(content, of: key, options)
            } else {
                try await client.publish(content, as: key, options)
            }
        try output.print(record.json) { record.line }
    }
}
