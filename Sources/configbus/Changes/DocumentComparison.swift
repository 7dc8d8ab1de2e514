import ConfigModel
import RegistryClient

/// Two documents side by side: those of a service in two environments.
struct DocumentComparison {
    /// What is compared from.
    let old: ServedContent
    /// What is compared to.
    let new: ServedContent

    /// One line for each place that differs.
    func text(for stream: StandardStream) throws -> String {
        let title = "\(old.key) version \(old.version) -> \(new.key) version \(new.version)"
        let changes = try changes
        let lines = changes.isEmpty ? ["Nothing differs."] : changes.map { $0.line(for: stream) }
        return ([stream.colored(title, .faint)] + lines).joined(separator: "\n")
    }

    private var changes: [ContentChange] {
        get throws { ContentChange.all(from: try old.content.object, to: try new.content.object) }
    }

    /// As the registry describes what differs between two versions, with both environments.
    var json: JSONValue {
        get throws {
            var budget = WorkBudget(.max)
            let diff = try DocumentDiff(old: old.content.object, new: new.content.object, budget: &budget)
            let changes = try changes
            var writer = JSONWriter()
            writer.object { body in
                body.member("service_name", old.key.service)
                body.member("old_environment", old.key.environment)
                body.member("new_environment", new.key.environment)
                body.member("old_version", old.version)
                body.member("new_version", new.version)
                diff.appendMembers(to: &body)
                body.member("changes", JSONValue.array(changes.map(\.json)))
            }
            return try JSONValue(parsing: writer.bytes)
        }
    }
}
