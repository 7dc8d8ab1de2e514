import ArgumentParser
import ConfigModel
import RegistryClient

/// Publishes the content of an older version again.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Publish the content of an older version as the next one.",
        usage: "configbus rollback <service> <version> [<options>]")

    @OptionGroup var document: DocumentOptions
    @Argument(help: "The version whose content is wanted back.") var version: Int64
    @OptionGroup var force: ForceOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try VersionArgument.check(version, "<version>") }

    func run() async throws {
        let key = try document.key()
        let client = try connection.client()
        let report = try await client.about(key) {
            let head = try await client.currentContent(of: key)
            if let head, !force.isForced, change.expects(head.version),
                try await isContent(head.content, of: key, client)
            {
                return WriteReport.unchanged(try await client.version(head.version, of: key))
            }
            return await .made(try await client.rollback(key, to: version, change.options()), after: head, client)
        }
        try report.print(output)
    }

    /// Has the wanted version this content? Where it cannot be read the registry says why there is no way back to it.
    private func isContent(_ content: Content, of key: DocumentKey, _ client: RegistryClient) async throws -> Bool {
        do {
            return try await client.content(ofVersion: version, of: key).content == content
        } catch  where error.code == .notFound {
            return false
        }
    }
}
