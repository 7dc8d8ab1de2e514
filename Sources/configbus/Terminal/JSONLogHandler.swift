import ConfigModel
import Logging

/// Writes each line of the log as one JSON object to standard error.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info

    /// What every object has; a member of the metadata of the same name is written behind an underscore.
    private static let fixed: Set<String> = ["time", "level", "message"]

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var members = metadata
        members.merge(metadataProvider?.get() ?? [:]) { $1 }
        members.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { members["error"] = members["error"] ?? "\(error)" }
        members[ProgramLog.frameworksRequestID] = nil
        var line = JSONWriter()
        line.object { object in
            object.member("time", Timestamp.now.description)
            object.member("level", event.level.rawValue)
            object.member("message", event.message.description)
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                object.member(Self.fixed.contains(name) ? "_\(name)" : name, value.json)
            }
        }
        // What cannot be written has no other place to go.
        _ = StandardStream.error.tryWriting(line.bytes + [UInt8(ascii: "\n")])
    }
}

extension Logger.MetadataValue {
    /// Numbers stay numbers.
    fileprivate var json: JSONValue {
        switch self {
        case .string(let text): return .string(text)
        case .stringConvertible(let value):
            if let number = value as? Int { return .number(JSONNumber(number)) }
            if let number = value as? Int64 { return .number(JSONNumber(number)) }
            return .string(value.description)
        case .array(let values): return .array(values.map(\.json))
        case .dictionary(let members):
            var object = JSONObject()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) { object[name] = value.json }
            return .object(object)
        }
    }
}
