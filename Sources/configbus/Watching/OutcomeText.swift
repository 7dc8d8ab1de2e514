import AsyncSupport
import ConfigModel
import ConfigWatcher

extension Outcome {
    /// One line for people.
    func line(for stream: StandardStream) -> String {
        let color: StandardStream.Color =
            switch kind {
            case .applied: .green
            case .rejected: .red
            case .rolledBack, .deleted: .yellow
            }
        var line = "\(key) version \(version) " + stream.colored(kind.rawValue, color)
        if let latency { line += " after \(latency.milliseconds) ms" }
        if let contentHash { line += "  " + String(contentHash.dropFirst(SHA256Text.prefix.count).prefix(12)) }
        if let reason { line += "  \(ControlCharacters.escaped(reason))" }
        return line
    }

    /// The object that scripts read.
    var json: JSONValue {
        var object = JSONObject()
        object["service_name"] = .string(key.service)
        object["environment"] = .string(key.environment)
        object["version"] = .number(JSONNumber(version))
        object["default_version"] = defaultVersion.map { .number(JSONNumber($0)) }
        object["outcome"] = .string(kind.rawValue)
        object["kind"] = rejection.map { .string($0.rawValue) } ?? .null
        object["reason"] = reason.map { .string($0) } ?? .null
        object["content_hash"] = contentHash.map { .string($0) } ?? .null
        object["latency_ms"] = latency.map { .number(JSONNumber($0.milliseconds)) } ?? .null
        object["epoch"] = epoch.map { .string($0.description) } ?? .null
        return .object(object)
    }
}
