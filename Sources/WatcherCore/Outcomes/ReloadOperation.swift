public import ConfigModel

/// One entry of a watcher's history: what was tried, and what came of it.
public struct ReloadOperation: Sendable, Equatable, Identifiable {
    /// What came of an operation.
    public enum Status: String, Sendable, CaseIterable {
        /// The version runs.
        case applied
        /// It was refused; what ran before ran on.
        case rejected
        /// An earlier version ran again, because a rollback was made here.
        case rolledBack = "rolled_back"
        /// The document was deleted.
        case deleted
        /// The version waits for the other members of its change set.
        case waiting
    }

    /// A UUID.
    public let id: String
    /// What made the watcher do it.
    public let trigger: ReloadTrigger
    /// The version; with overlay that of the environment's document, 0 when there is none.
    public let version: Int64
    /// With overlay the version of the default environment's document, 0 when there is none; otherwise nil.
    public let defaultVersion: Int64?
    /// What ran before; nil when nothing did.
    public let fromVersion: Int64?
    /// What came of it.
    public let status: Status
    /// When it began.
    public let startedAt: Timestamp
    /// How long it took; zero for what took no time, such as a deletion.
    public let times: ReloadTimes
    /// What the handlers that were called made of it, in the order in which they were called.
    public let handlers: [HandlerOutcome]
    /// What validators said without refusing.
    public let warnings: [String]
    /// Why, in one sentence, when there is something to say.
    public let reason: String?
    /// 1, or higher when handlers refused the version before and it was tried again.
    public let attempt: Int

    /// Puts an operation together.
    public init(
        id: String, trigger: ReloadTrigger, version: Int64, defaultVersion: Int64? = nil, fromVersion: Int64? = nil,
        status: Status, startedAt: Timestamp, times: ReloadTimes = ReloadTimes(), handlers: [HandlerOutcome] = [],
        warnings: [String] = [], reason: String? = nil, attempt: Int = 1
    ) {
        self.id = id
        self.trigger = trigger
        self.version = version
        self.defaultVersion = defaultVersion
        self.fromVersion = fromVersion
        self.status = status
        self.startedAt = startedAt
        self.times = times
        self.handlers = handlers
        self.warnings = warnings
        self.reason = reason
        self.attempt = attempt
    }
}

extension ReloadOperation {
    /// The operation as an application's own endpoint shows it. It holds no value of the content.
    public var json: JSONObject {
        var object = JSONObject()
        object["id"] = .string(id)
        object["trigger"] = .string(trigger.rawValue)
        object["version"] = .number(JSONNumber(version))
        object["default_version"] = defaultVersion.map { .number(JSONNumber($0)) } ?? .null
        object["from_version"] = fromVersion.map { .number(JSONNumber($0)) } ?? .null
        object["status"] = .string(status.rawValue)
        object["started_at"] = .string(startedAt.description)
        object["load_ms"] = times.load.jsonMilliseconds
        object["validate_ms"] = times.validate.jsonMilliseconds
        object["apply_ms"] = times.apply.jsonMilliseconds
        object["total_ms"] = times.total.jsonMilliseconds
        object["handlers"] = .array(handlers.map { .string($0.description) })
        object["warnings"] = .array(warnings.map { .string($0) })
        object["reason"] = reason.map { .string($0) } ?? .null
        object["attempt"] = .number(JSONNumber(attempt))
        return object
    }
}

extension ReloadOperation: CustomStringConvertible {
    /// One line: when, what, why and how long.
    public var description: String {
        var line = "\(startedAt) \(trigger.rawValue): version \(version) \(status.rawValue)"
        if let fromVersion { line += " (before: \(fromVersion))" }
        if attempt > 1 { line += ", attempt \(attempt)" }
        if times.total > .zero { line += " in \(times)" }
        if !handlers.isEmpty { line += "; " + handlers.map(\.description).joined(separator: ", ") }
        if let reason { line += ": \(reason)" }
        return line
    }
}
