public import ConfigModel

/// Whether a watcher does what its application needs, for the application's own endpoint.
public struct WatcherHealth: Sendable, Equatable {
    /// The kinds of health.
    public enum Status: String, Sendable, CaseIterable {
        /// A version runs, and nothing is known that speaks against it.
        case healthy
        /// A version runs, but the newest one was refused, or there was no proof for longer than the policy allows.
        case degraded
        /// Nothing runs, the watcher has ended, or the policy says that what runs is too old.
        case unhealthy
    }

    /// The verdict.
    public let status: Status
    /// What the watcher is doing.
    public let state: WatcherState
    /// The version that runs; nil while nothing does.
    public let version: Int64?
    /// With overlay the version of the default environment's document.
    public let defaultVersion: Int64?
    /// The hash of the content that runs, as a reader sees it.
    public let contentHash: String?
    /// When it was loaded.
    public let loadedAt: Timestamp?
    /// The age of the last proof that the newest version is known; nil when there never was one.
    public let age: Duration?
    /// The newest version, when it was refused.
    public let rejectedVersion: Int64?
    /// Why it is not healthy, or what else there is to say, in one sentence.
    public let reason: String?

    /// Puts a verdict together.
    public init(
        status: Status, state: WatcherState, version: Int64? = nil, defaultVersion: Int64? = nil,
        contentHash: String? = nil, loadedAt: Timestamp? = nil, age: Duration? = nil, rejectedVersion: Int64? = nil,
        reason: String? = nil
    ) {
        self.status = status
        self.state = state
        self.version = version
        self.defaultVersion = defaultVersion
        self.contentHash = contentHash
        self.loadedAt = loadedAt
        self.age = age
        self.rejectedVersion = rejectedVersion
        self.reason = reason
    }
}

extension WatcherHealth {
    /// The verdict as an application's own endpoint shows it. It holds no value of the content.
    public var json: JSONObject {
        var object = JSONObject()
        object["status"] = .string(status.rawValue)
        object["state"] = .string(state.rawValue)
        object["version"] = version.map { .number(JSONNumber($0)) } ?? .null
        object["default_version"] = defaultVersion.map { .number(JSONNumber($0)) } ?? .null
        object["content_hash"] = contentHash.map { .string($0) } ?? .null
        object["loaded_at"] = loadedAt.map { .string($0.description) } ?? .null
        object["age_seconds"] = age.map(Self.seconds) ?? .null
        object["rejected_version"] = rejectedVersion.map { .number(JSONNumber($0)) } ?? .null
        object["reason"] = reason.map { .string($0) } ?? .null
        return object
    }

    /// To the millisecond.
    private static func seconds(_ age: Duration) -> JSONValue {
        let (seconds, attoseconds) = age.components
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        return JSONNumber(Double(milliseconds) / 1_000).map { .number($0) } ?? .null
    }
}

extension WatcherHealth: CustomStringConvertible {
    /// One line: the verdict, what runs, and why.
    public var description: String {
        let running = version.map { "version \($0) runs" } ?? "nothing runs"
        return "\(status.rawValue): \(running), \(state.rawValue)" + (reason.map { ": \($0)" } ?? "")
    }
}
