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
            configbus get parsing --environment prod --effective --explain

            \(ContentPath.help)
            """)

    @OptionGroup var document: DocumentOptions
    @Argument(help: "A place inside the document: db.port, hosts.0, or a JSON pointer like /db/port.") var path: String?
    @Option(help: "This version instead of the newest.") var version: Int64?
    @Flag(help: "What a reader with overlay sees: this environment laid over 'default' (RFC 7396).")
    var effective = false
    @Flag(help: "With --effective: each value with the environment that it is from.") var explain = false
    @Flag(help: "Write a string as it is, without quotes or escapes; in a pipe or file it is always written so.")
    var raw = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: ContentOutputOptions

    func validate() throws {
        try VersionArgument.check(version, "--version")
        guard !raw || output.format == .text else {
            throw ValidationError("--raw writes a string as it is; it excludes --output \(output.format.rawValue).")
        }
        guard effective || !explain else {
            throw ValidationError("--explain says where the values of a merged document are from: add --effective.")
        }
        guard !effective || version == nil else {
            throw ValidationError("--effective merges the newest versions; it excludes --version.")
        }
        if explain, let notation = output.format.notation {
            throw ValidationError("--explain excludes --output \(notation.name), which has no place for it.")
        }
        guard !explain || !raw else { throw ValidationError("--explain and --raw exclude each other.") }
    }

    func run() async throws {
        let key = try document.key()
        let place = try path.map(ContentPath.init)
        let client = try connection.client()
        guard !effective else {
            let layers = try await LayeredContent.read(key, client)
            return try explain
                ? printOrigins(of: layers, at: place) : write(value(at: place, in: layers.value, of: key))
        }
        let content =
            if let version {
                try await client.about(key) { try await client.content(ofVersion: version, of: key).content }
            } else {
                try await client.livingHead(of: key).content
            }
        try write(value(at: place, in: .object(content.object), of: key))
    }

    private func value(at place: ContentPath?, in value: JSONValue, of key: DocumentKey) throws -> JSONValue {
        guard let place else { return value }
        guard let found = place.value(in: value) else { throw nothing(at: place, of: key) }
        return found
    }

    private func nothing(at place: ContentPath, of key: DocumentKey) -> CommandFailure {
        .refused("\(key) has nothing at '\(place.text)'.\(place.pointerHint)")
    }

    /// Prints the value. A string goes byte for byte where a program reads it.
    private func write(_ value: JSONValue) throws {
        if let notation = output.format.notation {
            return StandardStream.output.write(try notation.bytes(of: value, at: path))
        }
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

    private func printOrigins(of layers: LayeredContent, at place: ContentPath?) throws {
        let origins = try layers.origins.filter { origin in place.map { $0.isOnTheWay(to: origin.path) } ?? true }
        if let place, origins.isEmpty { throw nothing(at: place, of: layers.key) }
        try output.print(layers.json(origins)) {
            var table = TextTable(header: ["PATH", "VALUE", "FROM"])
            for origin in origins {
                table.add([origin.path.place, origin.value?.description ?? "", origin.note])
            }
            return StandardStream.output.colored(layers.title, .faint) + "\n" + table.text
        }
    }
}

extension ContentPath {
    /// Whether one of the two is inside the other: `db` and `db.port`, in any order.
    fileprivate func isOnTheWay(to path: JSONPointer) -> Bool {
        zip(segments, path.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}
