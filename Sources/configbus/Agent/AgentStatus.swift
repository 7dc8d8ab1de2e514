import ConfigModel
import ConfigWatcher

/// How an agent and its documents are at one moment. It holds no value of a document.
struct AgentStatus: Sendable {
    let documents: [AgentDocumentStatus]

    init(_ documents: AgentDocuments) { self.documents = documents.all.map(AgentDocumentStatus.init) }

    /// The worst of all documents.
    var health: WatcherHealth.Status {
        let all = Set(documents.map(\.health.status))
        return all.contains(.unhealthy) ? .unhealthy : all.contains(.degraded) ? .degraded : .healthy
    }

    /// For `/status`.
    var json: JSONValue {
        var object = JSONObject()
        object["status"] = .string(health.rawValue)
        object["agent_version"] = .string(Version.text)
        object["documents"] = .array(documents.map { .object($0.json) })
        return .object(object)
    }

    /// For `/health`: which documents are not as they should be, and why.
    var healthJSON: JSONValue {
        var object = JSONObject()
        object["status"] = .string(health.rawValue)
        object["documents"] = .number(JSONNumber(documents.count))
        object["problems"] = .array(
            documents.filter { $0.health.status != .healthy }.map { .string("\($0.key): \($0.health)") })
        return .object(object)
    }
}

/// How one document is.
struct AgentDocumentStatus: Sendable {
    let key: DocumentKey
    let path: String
    let format: String
    let health: WatcherHealth
    let last: Outcome?
    let counts: [Outcome.Kind: Int]

    init(_ followed: AgentDocuments.Followed) {
        key = followed.file.key
        path = followed.file.path
        format = followed.file.settings.format
        health = followed.watcher.health
        last = followed.last
        counts = followed.counts
    }

    /// That of the watcher, with the file and what became of the last version.
    var json: JSONObject {
        var object = health.json
        object["service_name"] = .string(key.service)
        object["environment"] = .string(key.environment)
        object["path"] = .string(path)
        object["format"] = .string(format)
        object["last_outcome"] = last.map { .string($0.kind.rawValue) } ?? .null
        object["last_version"] = last.map { .number(JSONNumber($0.version)) } ?? .null
        return object
    }
}
