import ArgumentParser
import RegistryClient

/// Removes single values of a document.
struct UnsetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Remove values from a document and publish the result.",
        usage: "configbus unset <service> <path> ... [<options>]",
        discussion: """
            configbus unset parsing db.port hosts.0 --environment prod

            \(ContentPath.help)
            """)

    @OptionGroup var documents: DocumentsOptions
    @Argument(
        help: ArgumentHelp(
            "Places inside the document: db.port, hosts.0, or JSON pointers like /db/port.", valueName: "path"))
    var paths: [String]
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try documents.refuse(change.expectedVersion.map { _ in "--expected-version" })
    }

    func run() async throws {
        let places = try paths.map(ContentPath.init)
        try await documents.publish(change, connection.client(), output) { object in
            try places.reduce(object) { try $1.unset(in: $0) }
        }
    }
}
