import ConfigModel
import RegistryAPI

extension CheckFinding {
    /// One line for people: the check with its rule, the place, what is wrong there, and what lets it pass.
    var line: String {
        guard let override else { return warningLine }
        return "\(warningLine) (\(Self.way(with: override)))"
    }

    /// What lets it pass, and who may, where that is not everyone who may write.
    private static func way(with override: String) -> String {
        let flag = "--override \(ShellWord.quoted(override))"
        return switch override {
        case "schema": "an admin lets it pass with \(flag), in a rollback a publisher too"
        case "schema-breaks": "an admin lets it pass with \(flag)"
        default: "\(flag) lets it pass"
        }
    }

    /// The same of what passes in any case.
    var warningLine: String {
        let place = pointer.isEmpty ? "the whole document" : pointer
        let site = environment.map { "\(place) in \($0)" } ?? place
        return "\(check.rawValue) \(rule), \(site): \(message)"
    }
}

extension Problem {
    /// What checks found, a line each, and how many more there are; of a schema also the documents that do not fit it.
    var findingLines: [String] { Self.findingLines(in: members) + hiddenLines + breakLines }

    /// A refusal that rests on documents that the caller may not read says so.
    private var hiddenLines: [String] {
        guard type == .checksFailed, hiddenFindings > 0 else { return [] }
        return [HiddenDocuments.found(hiddenFindings, beside: findings.count)]
    }

    private var breakLines: [String] {
        guard case .array(let breaks)? = members["breaks"] else { return [] }
        let lines = breaks.flatMap { broken -> [String] in
            guard case .object(let object) = broken, case .string(let environment)? = object["environment"] else {
                return [broken.description]
            }
            let version = object["version"]?.description ?? "?"
            return ["\(environment) version \(version) does not fit:"] + Self.findingLines(in: object).map { "  \($0)" }
        }
        guard case .number(let hidden)? = members["hidden"], let count = hidden.int64, count > 0 else { return lines }
        return lines + [HiddenDocuments.breaking(count)]
    }

    /// The findings of an object that has them, such as a problem or one of the versions that a schema does not fit.
    static func findingLines(in object: JSONObject) -> [String] {
        guard case .array(let findings)? = object["findings"] else { return [] }
        let lines = findings.map { CheckFinding(json: $0)?.line ?? $0.description }
        guard case .number(let more)? = object["more"], let count = more.int64, count > 0 else { return lines }
        return lines + ["and \(count) more"]
    }
}
