import AsyncSupport
import ConfigModel
import ConfigWatcher

/// How an agent and its documents are at one moment. It holds no value of a document.
struct AgentStatus: Sendable {
    /// How it is, in a word for programs.
    enum Health: String, Sendable {
        /// Everything that is followed is in effect and known to be the newest.
        case healthy
        /// Something older than the newest is in effect.
        case degraded
        /// Of some document nothing is in effect.
        case unhealthy
    }

    let documents: [AgentDocumentStatus]

    init(_ documents: AgentDocuments) { self.documents = documents.all.map(AgentDocumentStatus.init) }

    var health: Health {
        if documents.contains(where: { $0.health == .unhealthy }) { return .unhealthy }
        return documents.contains { $0.health == .degraded } ? .degraded : .healthy
    }

    /// For `/status`.
    var json: JSONValue {
        var object = JSONObject()
        object["status"] = .string(health.rawValue)
        object["agent_version"] = .string(Version.text)
        object["documents"] = .array(documents.map(\.json))
        return .object(object)
    }

    /// For `/health`: which documents are not as they should be, and why.
    var healthJSON: JSONValue {
        var object = JSONObject()
        object["status"] = .string(health.rawValue)
        object["documents"] = .number(JSONNumber(documents.count))
        object["problems"] = .array(
            documents.filter { $0.health != .healthy }.map { document in
                .string("\(document.key) is \(document.state.rawValue)" + (document.reason.map { ": \($0)" } ?? "."))
            })
        return .object(object)
    }
}

/// How one document is.
struct AgentDocumentStatus: Sendable {
    let key: DocumentKey
    let path: String
    let format: String
    let state: WatcherState
    let version: Int64
    let defaultVersion: Int64?
    let contentHash: String?
    let loadedAt: Timestamp?
    let age: Duration?
    let last: Outcome?
    let counts: [Outcome.Kind: Int]

    init(_ followed: AgentDocuments.Followed) {
        let (settings, snapshot) = (followed.file.settings, followed.watcher.current)
        key = settings.key
        path = settings.path
        format = settings.format
        state = followed.watcher.state
        version = snapshot.version
        defaultVersion = settings.overlay ? snapshot.defaultVersion : nil
        contentHash = snapshot.content?.hash
        loadedAt = snapshot.loadedAt
        age = snapshot.age
        last = followed.last
        counts = followed.counts
    }

    var health: AgentStatus.Health {
        switch state {
        // What never took effect is not there, whatever else is known.
        case _ where loadedAt == nil: .unhealthy
        case .current, .reloading: .healthy
        case .starting, .stale, .rejected, .pinned, .paused: .degraded
        case .stopped: .unhealthy
        }
    }

    /// Why the newest version is not in effect; nil when there is nothing to say.
    var reason: String? { last.flatMap { $0.kind == .applied ? nil : $0.reason } }

    var json: JSONValue {
        var object = JSONObject()
        object["service_name"] = .string(key.service)
        object["environment"] = .string(key.environment)
        object["path"] = .string(path)
        object["format"] = .string(format)
        object["health"] = .string(health.rawValue)
        object["state"] = .string(state.rawValue)
        object["version"] = .number(JSONNumber(version))
        object["default_version"] = defaultVersion.map { .number(JSONNumber($0)) }
        object["content_hash"] = contentHash.map { .string($0) } ?? .null
        object["loaded_at"] = loadedAt.map { .string($0.description) } ?? .null
        object["age_seconds"] = age.map { .number(JSONNumber($0.components.seconds)) } ?? .null
        object["last_outcome"] = last.map { .string($0.kind.rawValue) } ?? .null
        object["last_version"] = last.map { .number(JSONNumber($0.version)) } ?? .null
        object["reason"] = reason.map { .string($0) } ?? .null
        return .object(object)
    }
}
