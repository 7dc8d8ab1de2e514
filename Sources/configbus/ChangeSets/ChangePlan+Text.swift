import ConfigModel

extension ChangePlan {
    /// The plan for people: what is made, changed, deleted and left.
    func text(for stream: StandardStream) -> String {
        let summary =
            changing.isEmpty ? "Nothing would change." : "\(Count.text(changing.count, "document")) would change."
        return (lines(for: stream) + [summary]).joined(separator: "\n")
    }

    /// More documents than this that stay as they are are counted.
    private static let shownUnchanged = 100

    /// What is made, changed, deleted and left, in the order in which it was asked for.
    func lines(for stream: StandardStream) -> [String] {
        let unchanged = steps.count - changing.count
        guard unchanged > Self.shownUnchanged else { return steps.flatMap { $0.lines(for: stream) } }
        let rest = stream.colored("= \(Count.text(unchanged, "document")) unchanged", .faint)
        return changing.flatMap { $0.lines(for: stream) } + [rest]
    }

    /// The plan for programs.
    var json: JSONValue {
        var object = JSONObject()
        object["dry_run"] = .bool(true)
        object["documents"] = .array(steps.map(\.json))
        return .object(object)
    }
}

extension PlannedChange {
    /// More lines than this are no summary any more.
    private static let shownChanges = 20
    /// Characters of a value.
    private static let shownCharacters = 60

    /// `+ prod/parsing`, `~`, `-` or `=`, and what changes inside.
    func lines(for stream: StandardStream) -> [String] {
        switch action {
        case .create: return [stream.colored("+ \(key.title) is created", .green)]
        case .delete: return [stream.colored("- \(key.title) is deleted, version \(version ?? 0)", .red)]
        case .unchanged: return [Self.unchangedLine(key, version, for: stream)]
        case .update:
            return [stream.colored("~ \(key.title) changes, version \(version ?? 0)", .yellow)]
                + changeLines(for: stream)
        }
    }

    /// `= prod/parsing is unchanged, version 7`.
    static func unchangedLine(_ key: DocumentKey, _ version: Int64?, for stream: StandardStream) -> String {
        stream.colored("= \(key.title) is unchanged\(version.map { ", version \($0)" } ?? "")", .faint)
    }

    /// What changes inside of the document.
    func changeLines(for stream: StandardStream) -> [String] {
        let shown = changes.prefix(Self.shownChanges).map { "    " + $0.line(for: stream, width: Self.shownCharacters) }
        let rest = changes.count - shown.count
        return rest > 0 ? shown + ["    and \(Count.text(rest, "more change"))"] : shown
    }

    /// What is said about the document to programs.
    var json: JSONValue { Self.json(key, action, version, changes) }

    static func json(
        _ key: DocumentKey, _ action: Action, _ version: Int64?, _ changes: [ContentChange]
    ) -> JSONValue {
        var object = JSONObject()
        object["service_name"] = .string(key.service)
        if !key.isReserved { object["environment"] = .string(key.environment) }
        object["action"] = .string(action.rawValue)
        object["version"] = version.map { .number(JSONNumber($0)) }
        object["changes"] = .array(changes.map(\.json))
        return .object(object)
    }
}
