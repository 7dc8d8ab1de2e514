import ConfigModel
import RegistryAPI
import RegistryClient

/// Looks for changes, newest first, page by page.
struct AuditSearch {
    let request: AuditRequest
    /// At most this many.
    let limit: Int

    func run(_ client: RegistryClient) async throws -> FoundChanges {
        var request = request
        var found = FoundChanges()
        while found.changes.count < limit {
            request.limit = min(limit - found.changes.count, APILimits.audit)
            let page = try await client.changes(request)
            found.changes += page.elements
            found.damaged.merge(page.damaged) { max($0, $1) }
            guard let next = page.next else { break }
            request.cursor = next
        }
        return found
    }
}

/// What was found.
struct FoundChanges {
    var changes: [AuditedChange] = []
    var damaged: [DocumentKey: Int64] = [:]

    /// Says what the registry had to leave out; nil when that is nothing.
    var damagedNote: String? {
        guard !damaged.isEmpty else { return nil }
        let names = damaged.sorted { $0.key < $1.key }.map { "version \($0.value) of \($0.key.title)" }
        return "Left out because they are damaged in the store: \(names.joined(separator: ", "))."
    }

    func text(withValues: Bool) -> String {
        guard !changes.isEmpty else { return "Nothing was changed that fits." }
        return withValues ? changes.map { $0.details(for: .output) }.joined(separator: "\n") : table
    }

    private var table: String {
        var table = TextTable(
            header: ["WHEN", "DOCUMENT", "VERSION", "CHANGE", "BY", "COMMENT"], whole: ["WHEN", "VERSION"])
        for change in changes {
            table.add([
                change.summary.createdAt.description, change.summary.key.title, "\(change.summary.version)",
                change.summary.changeType.rawValue + change.notes, change.summary.createdBy, change.commentLine,
            ])
        }
        return table.text
    }
}

extension AuditedChange {
    /// For programs: as the registry says it, with the overrides as a list, which is how every command names them.
    var output: JSONValue {
        var object = json
        if let overrides { object["overrides"] = OverrideList.json(overrides) }
        return .object(object)
    }

    /// Where the content is from, what was let pass, and with how many others it was published.
    fileprivate var notes: String {
        let notes = [
            restoredFrom.map { "content of \($0)" }, overrides.map { "overrides \(OverrideList.words($0))" },
            changeSetSize.map { "one of \($0)" },
        ].compactMap(\.self)
        return notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
    }

    fileprivate var commentLine: String { summary.comment.split(separator: "\n").joined(separator: " | ") }

    /// A title, and a line for each place that changed.
    fileprivate func details(for stream: StandardStream) -> String {
        let (head, comment) = (summary, commentLine.isEmpty ? "" : "  \(commentLine)")
        let title = ControlCharacters.escaped(
            "\(head.createdAt)  \(head.key.title) version \(head.version) \(head.changeType.rawValue)\(notes) by "
                + "\(head.createdBy)\(comment)")
        return ([stream.colored(title, .faint)] + valueLines(for: stream).map { "  \($0)" }).joined(separator: "\n")
    }

    private func valueLines(for stream: StandardStream) -> [String] {
        func value(_ name: String) -> JSONObject? {
            if case .object(let object)? = json[name] { object } else { nil }
        }
        if json["old_value_damaged"] == .bool(true) { return ["The version before is damaged in the store."] }
        if json["old_value_pruned"] == .bool(true) { return ["The version before is not kept any more."] }
        return ContentChange.all(from: value("old_value") ?? JSONObject(), to: value("new_value") ?? JSONObject())
            .map { $0.line(for: stream) }
    }
}
