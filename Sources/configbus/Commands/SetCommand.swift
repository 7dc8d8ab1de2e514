import ArgumentParser
import ConfigModel
import RegistryClient

/// Changes single values of a document.
struct SetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set values in a document and publish the result.",
        usage: "configbus set <service> <path>=<value> ... [<options>]",
        discussion: """
            configbus set parsing db.port=5433 'db.hosts=["a","b"]' --environment prod
            configbus set parsing db.port=5433 -e staging -e prod

            A value that is JSON is taken as such, anything else as a string. What another writer changes in between is \
            kept.

            \(ContentPath.help) /hosts/- or hosts.- appends an element.
            """)

    @OptionGroup var documents: DocumentsOptions
    @Argument(
        help: ArgumentHelp(
            "PATH=VALUE, where PATH is db.port, hosts.0 or a JSON pointer like /db/port.",
            valueName: "path>=<value"))
    var assignments: [String]
    @Flag(help: "Take every value as a string.") var string = false
    @OptionGroup var force: ForceOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try documents.refuse(change.expectedVersion.map { _ in "--expected-version" })
    }

    func run() async throws {
        let edits = try assignments.map { assignment in
            guard let sign = assignment.utf8.firstIndex(of: UInt8(ascii: "=")), sign != assignment.startIndex else {
                throw CommandFailure.usage("'\(assignment)' is not PATH=VALUE, for example db.port=5433.")
            }
            let path = try ContentPath(String(assignment[..<sign]))
            return (path, try value(of: String(assignment[assignment.utf8.index(after: sign)...]), at: path))
        }
        let places = edits.map(\.0.segments).filter { $0.last != "-" }
        if let twice = places.first(where: { place in places.count { $0 == place } > 1 }) {
            throw CommandFailure.usage("'\(JSONPointer(tokens: twice))' is set twice; say once what it shall be.")
        }
        try await documents.publish(change, isForced: force.isForced, connection.client(), output) { object in
            try edits.reduce(object) { try $1.0.set($1.1, in: $0) }
        }
    }

    /// Something that begins like JSON is not stored as a string by mistake.
    private func value(of text: String, at path: ContentPath) throws -> JSONValue {
        guard !string else { return .string(text) }
        do {
            return try JSONValue(parsing: Array(text.utf8))
        } catch {
            guard let first = text.first(where: { !$0.isWhitespace }), "{[\"".contains(first) else {
                return .string(text)
            }
            throw CommandFailure.usage(
                "The value of '\(path.text)' begins like JSON and is none: \(error) --string takes it as text.")
        }
    }
}
