import ArgumentParser
import ConfigAccess
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
            configbus publish parsing parsing.yaml -e prod --comment 'more connections'
            echo '{"db_port": 5432}' | configbus publish parsing --create
            configbus publish parsing parsing.yaml -e staging -e prod

            Content that the document has already makes no version.
            """)

    @OptionGroup var documents: DocumentsOptions
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
        try documents.refuse(change.expectedVersion.map { _ in "--expected-version" })
    }

    func run() async throws {
        try input.refuseFile(inPlaceOf: documents.service, command: "publish")
        let keys = try documents.keys()
        let client = try connection.client()
        if input.file == "-", StandardStream.input.isTerminal {
            StandardStream.error.write("Type the content; Ctrl-D ends it, Ctrl-C gives up.\n")
        }
        let content = try input.content()
        guard let key = keys.first, keys.count == 1 else {
            let edit = DocumentsEdit(keys: keys, change: change, isForced: force.isForced)
            return try await edit.publish(client, .content(content), check: check).print(output)
        }
        try await WriteRole.needing(.publisher) {
            try await client.about(key) { try await publish(content, to: key, client) }
        }.print(output)
    }

    private func publish(_ content: Content, to key: DocumentKey, _ client: RegistryClient) async throws -> WriteReport
    {
        if let earlier = try await EarlierVersions.made(under: change.reason.idempotencyKey, [key], client) {
            let wanted = WantedChange(key: key, operation: .content(content))
            return try await earlier.report(of: wanted, comment: change.reason.comment, client)
        }
        let head = try await client.currentContent(of: key)
        if let head, head.content == content, !create, !force.isForced, change.expects(head.version) {
            return .unchanged(try await client.version(head.version, of: key))
        }
        return await .made(try await write(content, to: key, client), after: head, client)
    }

    /// What `--create` and `--update` say of every one of several documents.
    private func check(_ plan: ChangePlan) throws {
        for step in plan.steps {
            if create, step.old != nil {
                throw CommandFailure.refused("\(step.key) exists already; nothing was changed.")
            }
            if update, step.old == nil {
                throw CommandFailure.refused("There is no document \(step.key); nothing was changed.")
            }
        }
    }

    private func write(_ content: Content, to key: DocumentKey, _ client: RegistryClient) async throws -> WrittenVersion
    {
        let options = try change.options()
        if create { return try await client.create(content, as: key, options) }
        guard update || options.expected != nil else { return try await client.publish(content, as: key, options) }
        return try await client.update(content, of: key, options)
    }
}
