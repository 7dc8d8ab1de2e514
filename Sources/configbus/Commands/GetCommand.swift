import ArgumentParser
import ConfigModel
import RegistryClient

/// Shows a document's content.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show the content of a document, or one value in it.",
        usage: "configbus get <service> [<path>] [<options>]",
        discussion: """
            configbus get parsing db.port --environment prod

            \(ContentPath.help)
            """)

    @OptionGroup var document: DocumentOptions
    @Argument(help: "A place inside the document: db.port, hosts.0, or a JSON pointer like /db/port.") var path: String?
    @Option(help: "This version instead of the newest.") var version: Int64?
    @Flag(help: "Write a string as it is, without quotes or escapes; in a pipe or file it is always written so.")
    var raw = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try VersionArgument.check(version, "--version")
        guard !raw || output.format == .text else {
            throw ValidationError("--raw writes a string as it is; it excludes --output \(output.format.rawValue).")
        }
    }

    func run() async throws {
        let key = try document.key()
        let place = try path.map(ContentPath.init)
        let client = try connection.client()
        let content =
            if let version {
                try await client.about(key) { try await client.content(ofVersion: version, of: key).content }
            } else {
                try await client.livingHead(of: key).content
            }
        var value = JSONValue.object(try content.object)
        if let place {
            guard let found = place.value(in: value) else {
                throw CommandFailure.refused("\(key) has nothing at '\(place.text)'.\(place.pointerHint)")
            }
            value = found
        }
        try write(value)
    }

    /// Prints the value. A string goes byte for byte where a program reads it.
    private func write(_ value: JSONValue) throws {
        if case .string(let text) = value, raw || output.format == .text && !StandardStream.output.isTerminal {
            StandardStream.output.write(text)
            return
        }
        try output.print(value) {
            guard case .string(let text) = value else { return PrettyJSON.text(value) }
            // Line ends are harmless on a terminal; other control characters are not.
            let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.map { ControlCharacters.escaped(String($0)) }.joined(separator: "\n")
        }
    }
}
