import ArgumentParser
import ConfigModel
import RegistryClient

/// Changes single values of a document.
struct SetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set values in a document and publish the result.",
        discussion: """
            configbus set parsing db.port=5433 'db.hosts=["a","b"]' --environment prod
            A value that is JSON is taken as such, anything else as a string. Somebody else's change in between is kept.
            """)

    @OptionGroup var document: DocumentOptions
    @Argument(help: "PATH=VALUE, where PATH is db.port or a JSON pointer like /db/port.") var assignments: [String]
    @Flag(help: "Take every value as a string.") var string = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let edits = try assignments.map { assignment in
            guard let sign = assignment.utf8.firstIndex(of: UInt8(ascii: "=")), sign != assignment.startIndex else {
                throw CommandFailure.usage("'\(assignment)' is not PATH=VALUE, for example db.port=5433.")
            }
            let path = try ContentPath(String(assignment[..<sign]))
            return (path, value(of: String(assignment[assignment.utf8.index(after: sign)...])))
        }
        let record = try await DocumentEdit(key: document.key(), change: change).publish(connection.client()) {
            object in
            try edits.reduce(object) { try $1.0.set($1.1, in: $0) }
        }
        try output.print(record.json) { record.line }
    }

    private func value(of text: String) -> JSONValue {
        guard !string, let value = try? JSONValue(parsing: Array(text.utf8)) else { return .string(text) }
        return value
    }
}
