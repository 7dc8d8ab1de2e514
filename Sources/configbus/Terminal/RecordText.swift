import ConfigModel

extension VersionRecord {
    /// One line for people.
    var line: String {
        let why = comment.isEmpty ? "" : "  \(ControlCharacters.escaped(commentLine))"
        return
            "\(key) version \(version) \(changeType.rawValue) by \(ControlCharacters.escaped(createdBy)) at \(createdAt)\(why)"
    }

    /// The comment on one line.
    var commentLine: String { comment.split(separator: "\n").joined(separator: " | ") }

    /// The full record as a value.
    var json: JSONValue {
        get throws { try JSONValue(parsing: jsonBytes) }
    }
}
