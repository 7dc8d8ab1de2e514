import ArgumentParser
import ConfigModel

/// What checks say of a document that was not published, and the exit code that goes with it.
struct DocumentVerdict {
    let key: DocumentKey
    let isValid: Bool
    let findings: [CheckFinding]
    /// How many more there are in environments that the caller may not read.
    var hidden: Int64 = 0
    var warnings: [CheckFinding] = []
    /// Against the newest version.
    var changes: [ContentChange] = []
    /// The same for programs.
    let json: JSONValue

    /// Prints it.
    ///
    /// - Throws: the exit code 1 for a document that is not valid.
    func conclude(_ output: OutputOptions) throws {
        CheckWarnings.say(warnings)
        try output.print(json) { text(for: .output) }
        guard isValid else { throw ExitCode.refused }
    }

    private func text(for stream: StandardStream) -> String {
        let lines = changes.map { $0.line(for: stream, width: Self.shownCharacters) }
        let found = findings.map { ControlCharacters.escaped($0.line) }
        let verdict =
            isValid
            ? stream.colored("\(key) is valid.", .green)
            : stream.colored("\(key) is not valid: \(Count.text(findings.count + Int(hidden), "finding")).", .red)
        let rest = hidden > 0 ? [HiddenDocuments.found(hidden, beside: findings.count)] : []
        return (lines + [verdict] + found + rest).joined(separator: "\n")
    }

    /// Characters of a value.
    private static let shownCharacters = 60
}
