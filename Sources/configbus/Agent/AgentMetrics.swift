import ConfigModel
import ConfigWatcher

/// The text form of Prometheus (version 0.0.4) of an agent's status.
enum AgentMetrics {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    static func text(_ status: AgentStatus) -> String {
        var text = ""
        append(
            "documents", "gauge", "Documents that are followed, by state.",
            WatcherState.allCases.map { state in
                ("state=\"\(state.rawValue)\"", String(status.documents.count { $0.health.state == state }))
            }, to: &text)
        // All series are there from the start, so that a first refusal is a rise.
        append(
            "outcomes_total", "counter", "What became of versions.",
            status.documents.flatMap { document in
                Outcome.Kind.allCases.map { kind in
                    (
                        "document=\"\(document.key)\",outcome=\"\(kind.rawValue)\"",
                        String(document.counts[kind, default: 0])
                    )
                }
            }, to: &text)
        append(
            "document_version", "gauge", "The version that is in effect; 0 for none.",
            status.documents.map { ("document=\"\($0.key)\"", String($0.health.version ?? 0)) }, to: &text)
        append(
            "document_up", "gauge", "1 when the document is healthy.",
            status.documents.map { ("document=\"\($0.key)\"", $0.health.status == .healthy ? "1" : "0") }, to: &text)
        append(
            "document_age_seconds", "gauge", "How long ago the version in effect was last known to be the newest.",
            status.documents.compactMap { document in
                document.health.age.map { ("document=\"\(document.key)\"", String($0.components.seconds)) }
            }, to: &text)
        append(
            "prefix_up", "gauge", "1 when every document below the prefix is known.",
            status.prefixes.map { ("prefix=\"\($0.name)\"", $0.health == .healthy ? "1" : "0") }, to: &text)
        return text
    }

    /// Names of documents hold nothing that would have to be escaped.
    private static func append(
        _ name: String, _ type: String, _ help: String, _ series: [(labels: String, value: String)],
        to text: inout String
    ) {
        text += "# HELP configbus_agent_\(name) \(help)\n# TYPE configbus_agent_\(name) \(type)\n"
        for (labels, value) in series { text += "configbus_agent_\(name){\(labels)} \(value)\n" }
    }
}
