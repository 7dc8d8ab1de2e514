import ArgumentParser
import ConfigModel
import RegistryAPI

/// What a registry says of a schema and the documents of its service, and the exit code that goes with it.
struct SchemaCheckReport {
    let service: String
    let facts: SchemaCheckFacts

    /// Prints it.
    ///
    /// - Throws: the exit code 1 when something does not fit.
    func conclude(_ output: OutputOptions) throws {
        CheckWarnings.say(facts.warnings)
        if facts.documents.isEmpty, facts.hidden == 0 {
            Warning.say("\(service) has no document in any environment; is its name right? 'configbus list' shows all.")
        }
        try output.print(try JSONValue(parsing: facts.jsonBytes)) { text(for: .output) }
        guard facts.isValid else { throw ExitCode.refused }
    }

    private func text(for stream: StandardStream) -> String {
        let broken = facts.documents.filter { !$0.isValid }
        let name = facts.version.map { "version \($0) of the schema" } ?? "the schema"
        var lines = broken.flatMap { $0.lines(for: stream) }
        if facts.hidden > 0 { lines.append(HiddenDocuments.lookedAt(facts.hidden)) }
        let count = Count.text(facts.documents.count, "version")
        let verb = broken.count == 1 ? "does" : "do"
        lines.append(
            facts.isValid
                ? "All fit \(name): \(count) looked at, checks \(facts.checks.rawValue)."
                : "\(broken.count) of \(count) \(verb) not fit \(name), checks \(facts.checks.rawValue).")
        return lines.joined(separator: "\n")
    }
}

extension SchemaVerdictFacts {
    /// `prod version 7 does not fit`, and what is wrong with it.
    func lines(for stream: StandardStream) -> [String] {
        guard !isValid else { return [] }
        return [stream.colored("\(environment) version \(version) does not fit:", .red)]
            + findings.map { "  " + ControlCharacters.escaped($0.line) }
    }
}
