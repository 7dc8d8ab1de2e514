package import ConfigModel

/// What a response tells of findings: as many as there is room for, and of those in environments that the caller may not read
/// only how many they are.
package struct VisibleFindings: Sendable, Equatable {
    /// Those in the response.
    package let shown: [CheckFinding]
    /// How many others the caller may see.
    package let more: Int
    /// How many the caller may not see.
    package let hidden: Int
    /// Whether one write could let all pass that could each be let pass.
    private let canBeOverridden: Bool
    /// What lets the first one pass that is shown; where none is, the first one that is hidden.
    private let firstOverride: String?

    /// Leaves out what the caller may not see.
    ///
    /// - Parameters:
    ///   - findings: all.
    ///   - key: the document in which they were found, where a finding names no other environment.
    ///   - mayRead: which documents the caller may read; nil for all.
    package init(_ findings: [CheckFinding], in key: DocumentKey, mayRead: ((DocumentKey) -> Bool)?) {
        let visible = findings.filter { finding in
            guard let mayRead, let environment = finding.environment, environment != key.environment else {
                return true
            }
            return (try? DocumentKey(service: key.service, environment: environment)).map(mayRead) ?? false
        }
        shown = Array(visible.prefix(APILimits.findings))
        more = visible.count - shown.count
        hidden = findings.count - visible.count
        canBeOverridden = CheckOverrides.haveRoom(findings)
        firstOverride = (visible.first ?? findings.first)?.override
    }

    /// What the first one says, how many more there are, and how to go on.
    package var summary: String {
        let rest = more + max(0, shown.count - 1)
        var sentences = shown.first.map(\.sentence).map { [$0] } ?? []
        if rest > 0 { sentences.append("There \(rest == 1 ? "is 1 finding" : "are \(rest) findings") more.") }
        if hidden > 0 {
            sentences.append(
                "\(hidden == 1 ? "1 finding is" : "\(hidden) findings are") about environments that you may not read.")
            if shown.isEmpty { sentences.append("An identity that may read them sees what does not fit there.") }
        }
        if !canBeOverridden {
            sentences.append(
                "The overrides of all that was found are longer than a write may have, so that it cannot be let pass: correct it."
            )
        } else if !shown.isEmpty || hidden > 0 {
            sentences.append(firstOverride.map(Self.way) ?? "Correct it, and send the request again.")
        }
        return sentences.joined(separator: " ")
    }

    /// How to let it pass, and who may, where that is not everyone who may write.
    private static func way(with override: String) -> String {
        let request = "the request with the override \(JSONValue.string(override))"
        return switch override {
        case "schema": "If it is meant, an admin repeats \(request), for a rollback a publisher too."
        case "schema-breaks": "If it is meant, an admin repeats \(request)."
        default: "If it is meant, repeat \(request)."
        }
    }

    /// Writes the members of a response.
    ///
    /// - Parameter name: that of the list, which is left out when it is empty and `isOptional`.
    package func appendMembers(_ name: String, isOptional: Bool, to body: inout JSONWriter) {
        guard !(isOptional && shown.isEmpty) else { return }
        body.array(name) { list in
            for finding in shown { list.element(finding.json) }
        }
    }
}
