/// Why some bytes are not an event that this version of the software can trust in.
public enum EventError: Error, Sendable, Equatable {
    /// Not JSON.
    case invalidJSON(JSONError)
    /// JSON, but not the envelope: a field is missing, unknown of the wrong type or malformed.
    case invalidField(String)
    /// The envelope belongs to another schema version.
    case unknownSchemaVersion(String)
    /// Fields contradict each other: a hash, a length, an identifier does not hold.
    case inconsistent(String)
}

extension EventError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .invalidJSON(let error): "The event is not valid JSON. \(error)"
        case .invalidField(let reason): "The event is malformed. \(reason)"
        case .unknownSchemaVersion(let version):
            "The event has schema version \(JSONValue.string(version)); this software reads \"1.0\"."
        case .inconsistent(let reason): "The event contradicts itself: \(reason)."
        }
    }
}
