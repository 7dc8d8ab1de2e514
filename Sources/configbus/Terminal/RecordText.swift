import ConfigModel

extension VersionRecord {
    /// One line for people.
    var line: String {
        let why = comment.isEmpty ? "" : "  \(ControlCharacters.escaped(commentLine))"
        return
            "\(key.title) version \(version) \(changeType.rawValue) by \(ControlCharacters.escaped(createdBy)) at \(createdAt)\(why)"
    }

    /// The comment on one line.
    var commentLine: String { comment.split(separator: "\n").joined(separator: " | ") }

    /// The full record as a value. What was let pass is a list, where the record itself has the text of one; the record of a
    /// schema names no environment.
    var json: JSONValue {
        get throws {
            guard case .object(var object) = try JSONValue(parsing: jsonBytes) else { return .null }
            if let overrides { object["overrides"] = OverrideList.json(overrides) }
            if key.isReserved { object["environment"] = nil }
            return .object(object)
        }
    }
}

/// What was let pass, as a record keeps it: the text of a JSON array.
enum OverrideList {
    static func json(_ text: String) -> JSONValue { (try? JSONValue(parsing: text)) ?? .string(text) }

    /// `blast-radius, secret:/db/password`.
    static func words(_ text: String) -> String {
        guard case .array(let names) = json(text) else { return text }
        return names.map { name in
            if case .string(let name) = name { name } else { name.description }
        }.joined(separator: ", ")
    }
}

extension DocumentKey {
    /// The name for people: a schema is of all environments.
    var title: String { isReserved ? "schema of \(service)" : description }
}
