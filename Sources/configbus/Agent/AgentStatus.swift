import ConfigModel
import ConfigWatcher

/// How an agent and its documents are at one moment. It holds no value of a document.
struct AgentStatus: Sendable {
    let documents: [AgentDocumentStatus]
    let prefixes: [AgentPrefixStatus]

    init(_ documents: AgentDocuments) {
        self.documents = documents.all.map(AgentDocumentStatus.init)
        prefixes = documents.prefixes
    }

    /// The worst of all documents and prefixes.
    var health: WatcherHealth.Status {
        let all = Set(documents.map(\.health.status) + prefixes.map(\.health))
        return all.contains(.unhealthy) ? .unhealthy : all.contains(.degraded) ? .degraded : .healthy
    }

    /// For `/status`.
    var json: JSONValue {
        var object = JSONObject()
        object["status"] = .string(health.rawValue)
        object["agent_version"] = .string(Version.text)
        object["documents"] = .array(documents.map { .object($0.json) })
        object["prefixes"] = .array(prefixes.map { .object($0.json) })
        return .object(object)
    }

    /// For `/health`: which documents are not as they should be, and why.
    var healthJSON: JSONValue {
        var object = JSONObject()
        object["status"] = .string(health.rawValue)
        object["documents"] = .number(JSONNumber(documents.count))
        let problems =
            prefixes.compactMap(\.problem)
            + documents.filter { $0.health.status != .healthy }.map { "\($0.key): \($0.health)" }
        object["problems"] = .array(problems.map { .string($0) })
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

/// How a prefix is: which documents there are below it is known when the registry has named them.
struct AgentPrefixStatus: Sendable {
    let prefix: DocumentPrefix
    let health: WatcherHealth.Status
    /// Why it is not healthy.
    let reason: String?

    /// - Parameters:
    ///   - isListed: the registry has named every document that there is.
    ///   - isInEffect: some document below the prefix is in effect.
    ///   - absence: why the registry cannot be read.
    init(_ prefix: DocumentPrefix, isListed: Bool, isInEffect: Bool, absence: String?) {
        self.prefix = prefix
        health = isListed ? .healthy : isInEffect ? .degraded : .unhealthy
        reason = isListed ? nil : "\(Self.name(prefix)) has not been read yet" + (absence.map { ": \($0)" } ?? ".")
    }

    /// As the settings name it.
    var name: String { Self.name(prefix) }

    /// A line for `/health`; nil when it is healthy.
    var problem: String? { reason.map { "\(health.rawValue): \($0)" } }

    var json: JSONObject {
        var object = JSONObject()
        object["prefix"] = .string(prefix.service)
        object["environment"] = .string(prefix.environment)
        object["status"] = .string(health.rawValue)
        object["reason"] = reason.map { .string($0) } ?? .null
        return object
    }

    private static func name(_ prefix: DocumentPrefix) -> String { "\(prefix.service)/\(prefix.environment)" }
}
