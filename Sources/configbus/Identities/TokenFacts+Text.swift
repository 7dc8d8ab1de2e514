import ConfigModel
import RegistryAPI

extension TokenFacts {
    /// One line for a person.
    var sentence: String {
        let end = expiresAt.map { "ends at \($0)" } ?? "never ends"
        let extra = rights.isEmpty ? "" : ", and the rights \(rights.joined(separator: ", "))"
        return "token \(id) of '\(name)' with \(grants.joined(separator: ", "))\(extra); it \(end)"
    }

    /// For programs.
    var json: JSONValue {
        get throws { try JSONValue(parsing: jsonBytes) }
    }

    /// Name and value of all that is known, for a person.
    var lines: [(name: String, value: String)] {
        [
            ("id", id), ("name", name), ("status", status.rawValue), ("grants", grants.joined(separator: " ")),
            ("rights", rights.joined(separator: " ")), ("created", "\(createdAt) by \(createdBy)"),
            ("ends", expiresAt.map { "\($0)" } ?? "never"),
            ("revoked", revokedAt.map { "\($0)" + (revokedBy.map { " by \($0)" } ?? "") } ?? ""),
            ("last used", lastUsedAt.map { "\($0)" } ?? ""), ("comment", comment),
        ].filter { !$0.value.isEmpty }
    }
}

extension IssuedToken {
    /// For programs, the text included.
    var json: JSONValue {
        get throws { try JSONValue(parsing: jsonBytes) }
    }
}

extension IdentityFacts {
    /// For programs.
    var json: JSONValue {
        get throws { try JSONValue(parsing: jsonBytes) }
    }

    /// Name and value of all that is known, for a person.
    var lines: [(name: String, value: String)] {
        [
            ("identity", identity), ("kind", kind), ("id", tokenID ?? ""),
            ("grants", grants.isEmpty ? "none" : grants.joined(separator: " ")),
            ("rights", rights.joined(separator: " ")), ("ends", expiresAt.map { "\($0)" } ?? "never"),
        ].filter { !$0.value.isEmpty }
    }
}

/// Names and values below one another, for a person.
enum FactLines {
    static func text(_ lines: [(name: String, value: String)]) -> String {
        let width = lines.map(\.name.count).max() ?? 0
        return lines.map { name, value in
            let space = String(repeating: " ", count: width - name.count + 2)
            return "\(name)\(space)\(ControlCharacters.escaped(value))"
        }.joined(separator: "\n")
    }
}
