import ConfigModel
import RegistryAPI
import RegistryClient

/// What became of several changes that were made as one.
struct ChangeSetReport {
    /// What became of one document.
    enum Entry {
        /// It was what it should be already.
        case left(DocumentKey, version: Int64?)
        /// It got a version.
        case made(VersionRecord, PlannedChange)
        /// The same command gave it this version before.
        case repeated(VersionRecord, newest: Int64)
    }

    /// In the order in which they were asked for.
    let entries: [Entry]
    /// The change set; nil when there was nothing to change.
    var changeSetID: String?
    /// What checks say, which refused nothing.
    var warnings: [DocumentFinding] = []
    /// The documents that do not fit a schema of the set all the same.
    var breaks: [SchemaVerdictFacts] = []
    /// How many more there are that the caller may not read.
    var hiddenBreaks = 0

    func print(_ output: OutputOptions) throws {
        CheckWarnings.say(warnings)
        try output.print(json) { text(for: .output) }
    }
}

extension ChangeSetReport {
    /// What became of a plan.
    ///
    /// - Parameter written: the versions that were made, one for each change that makes one.
    init(_ plan: ChangePlan, _ written: [WrittenVersion] = [], changeSetID: String? = nil) {
        var rest = written[...]
        entries = plan.steps.map { step in
            guard step.action != .unchanged, let record = rest.popFirst()?.record else {
                return .left(step.key, version: step.version)
            }
            // A version that was there before the request is the answer to a repeated one.
            if let newest = step.version, newest >= record.version { return .repeated(record, newest: newest) }
            return .made(record, step)
        }
        self.changeSetID = changeSetID
        warnings = written.flatMap { version in
            version.warnings.map { DocumentFinding(key: version.record.key, finding: $0) }
        }
    }

    private var size: Int {
        entries.count { if case .left = $0 { false } else { true } }
    }

    private func text(for stream: StandardStream) -> String {
        var lines: [String] = []
        if let changeSetID { lines.append("change set \(changeSetID): \(Count.text(size, "version"))") }
        for entry in entries {
            switch entry {
            case .left(let key, let version): lines.append(PlannedChange.unchangedLine(key, version, for: stream))
            case .repeated(let record, let newest): lines.append(WriteReport.repeatedLine(record, newest: newest))
            case .made(let record, let step): lines += [record.line] + step.changeLines(for: stream)
            }
        }
        lines += breaks.flatMap { $0.lines(for: stream) }
        if hiddenBreaks > 0 { lines.append(HiddenDocuments.breaking(Int64(hiddenBreaks))) }
        if size == 0 { lines.append("Nothing was changed.") }
        return lines.joined(separator: "\n")
    }

    private var json: JSONValue {
        get throws {
            var object = JSONObject()
            object["changeset_id"] = changeSetID.map { .string($0) }
            object["changeset_size"] = changeSetID.map { _ in .number(JSONNumber(size)) }
            if !warnings.isEmpty { object["warnings"] = .array(warnings.map(\.json)) }
            object["documents"] = .array(try entries.map { try $0.json })
            if !breaks.isEmpty { object["breaks"] = .array(breaks.map(\.json)) }
            if hiddenBreaks > 0 { object["hidden"] = .number(JSONNumber(hiddenBreaks)) }
            return .object(object)
        }
    }
}

extension ChangeSetReport.Entry {
    fileprivate var json: JSONValue {
        get throws {
            switch self {
            case .left(let key, let version): return PlannedChange.json(key, .unchanged, version, [])
            case .repeated(let record, _):
                guard case .object(var document) = try record.json else { return .null }
                document["repeated"] = .bool(true)
                return .object(document)
            case .made(let record, let step):
                guard case .object(var document) = try record.json else { return .null }
                document["action"] = .string(step.action.rawValue)
                document["changes"] = .array(step.changes.map(\.json))
                return .object(document)
            }
        }
    }
}
