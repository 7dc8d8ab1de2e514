import ConfigModel
import RegistryClient

/// What became of several changes that were made as one.
struct ChangeSetReport {
    /// What was planned, in the order in which it was asked for.
    let plan: ChangePlan
    /// The change set; nil when there was nothing to change.
    var changeSetID: String?
    /// The versions that it made, one for each change that makes one.
    var records: [VersionRecord] = []
    /// What checks say about them, which refused nothing.
    var warnings: [CheckFinding] = []

    func print(_ output: OutputOptions) throws {
        CheckWarnings.say(warnings)
        try output.print(json) { text(for: .output) }
    }

    private func text(for stream: StandardStream) -> String {
        var lines: [String] = []
        if let changeSetID { lines.append("change set \(changeSetID): \(Count.text(records.count, "version"))") }
        for (step, record) in pairs {
            guard let record else {
                lines += step.lines(for: stream)
                continue
            }
            if let newest = step.repeated(by: record) {
                lines.append(
                    "\(record.key): this command made version \(record.version) before, and changed nothing now."
                        + (newest > record.version ? " The newest version is \(newest)." : ""))
                continue
            }
            lines.append(record.line)
            lines += step.changeLines(for: stream)
        }
        if records.isEmpty { lines.append("Nothing was changed.") }
        return lines.joined(separator: "\n")
    }

    private var json: JSONValue {
        get throws {
            var object = JSONObject()
            object["changeset_id"] = changeSetID.map { .string($0) }
            object["changeset_size"] = changeSetID.map { _ in .number(JSONNumber(records.count)) }
            if !warnings.isEmpty { object["warnings"] = .array(warnings.map(\.json)) }
            object["documents"] = .array(
                try pairs.map { step, record in
                    guard let record, case .object(var document) = try record.json else { return step.json }
                    if step.repeated(by: record) != nil {
                        document["repeated"] = .bool(true)
                        return .object(document)
                    }
                    document["action"] = .string(step.action.rawValue)
                    document["changes"] = .array(step.changes.map(\.json))
                    return .object(document)
                })
            return .object(object)
        }
    }

    /// Each step with the version that it made; nil where it made none.
    private var pairs: [(PlannedChange, VersionRecord?)] {
        var rest = records[...]
        return plan.steps.map { step in (step, step.action == .unchanged ? nil : rest.popFirst()) }
    }
}

extension PlannedChange {
    /// The newest version that the plan found, when the version that answers the request was there already: the same command
    /// had made it before.
    fileprivate func repeated(by record: VersionRecord) -> Int64? {
        version.flatMap { $0 >= record.version ? $0 : nil }
    }
}
