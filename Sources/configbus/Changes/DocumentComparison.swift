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
        let changes = ContentChange.all(from: try old.content.object, to: try new.content.object)
        let lines = changes.isEmpty ? ["Nothing differs."] : changes.map { $0.line(for: stream) }
        return ([stream.colored(title, .faint)] + lines).joined(separator: "\n")
    }

    /// As the registry describes what differs between two versions, with both environments.
    var json: JSONValue {
        get throws {
            var budget = WorkBudget(.max)
            let diff = try DocumentDiff(old: old.content.object, new: new.content.object, budget: &budget)
            var writer = JSONWriter()
            writer.object { body in
                body.member("service_name", old.key.service)
                body.member("old_environment", old.key.environment)
                body.member("new_environment", new.key.environment)
                body.member("old_version", old.version)
                body.member("new_version", new.version)
                diff.appendMembers(to: &body)
            }
            return try JSONValue(parsing: writer.bytes)
        }
    }
}
