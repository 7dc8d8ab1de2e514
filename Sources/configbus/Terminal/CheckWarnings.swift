import ConfigModel

/// What checks found and let pass.
enum CheckWarnings {
    /// Writes one line for each to standard error.
    static func say(_ warnings: [CheckFinding]) {
        for warning in warnings { Warning.say(warning.warningLine) }
    }

    /// The same of several documents.
    static func say(_ warnings: [DocumentFinding]) {
        for warning in warnings { Warning.say("\(warning.key.title): \(warning.finding.warningLine)") }
    }
}

/// What checks found in one of several documents.
struct DocumentFinding {
    let key: DocumentKey
    let finding: CheckFinding

    /// One line for people.
    var line: String { "\(key.title): \(finding.line)" }

    /// The finding with the document that it is about.
    var json: JSONValue {
        guard case .object(let members) = finding.json else { return finding.json }
        var object = members
        object["service_name"] = .string(key.service)
        if !key.isReserved { object["environment"] = object["environment"] ?? .string(key.environment) }
        return .object(object)
    }
}
