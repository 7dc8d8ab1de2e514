import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Publishes a document.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish the next version of a document, or create it.",
        usage: "configbus publish <service> [<file>|-] [<options>]",
        discussion: """
            configbus publish parsing parsing.yaml --environment prod --comment 'more connections'
            echo '{"db_port": 5432}' | configbus publish parsing --create

            Content that the document has already makes no version.
            """)

    @OptionGroup var document: DocumentOptions
    @OptionGroup var input: ContentArgument
    @Flag(help: "Only create: refuse when the document exists.") var create = false
    @Flag(help: "Only update: refuse when the document does not exist.") var update = false
    @OptionGroup var force: ForceOption
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
        try input.refuseFile(inPlaceOf: document.service, command: "publish")
        let key = try document.key()
        let client = try connection.client()
        if input.file == "-", StandardStream.input.isTerminal {
            StandardStream.error.write("Type the content; Ctrl-D ends it, Ctrl-C gives up.\n")
        }
        let content = try input.content()
        let report = try await client.about(key) {
            let head = try await client.currentContent(of: key)
            if let head, head.content == content, !create, !force.isForced, change.expects(head.version) {
                return WriteReport.unchanged(try await client.version(head.version, of: key))
            }
            return await .made(try await write(content, to: key, client), after: head, client)
        }
        try report.print(output)
    }

    private func write(_ content: Content, to key: DocumentKey, _ client: RegistryClient) async throws -> VersionRecord
    {
        let options = change.options()
        if create { return try await client.create(content, as: key, options).record }
        guard update || options.expected != nil else {
            return try await client.publish(content, as: key, options).record
        }
        return try await client.update(content, of: key, options).record
    }
}
