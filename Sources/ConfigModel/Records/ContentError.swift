/// Why some bytes cannot be the content of a document.
public enum ContentError: Error, Sendable, Equatable {
    /// Not JSON, or JSON that would not survive as it is.
    case invalidJSON(JSONError)
    /// JSON, but not an object.
    case notAnObject(found: String)
    /// More canonical bytes than allowed.
    case tooLarge(limit: Int)
    /// Nested deeper than allowed; the value that is too deep.
    case tooDeep(limit: Int, pointer: String)
}

extension ContentError: CustomStringConvertible {
    /// One sentence that says what to do.
    public var description: String {
        switch self {
        case .invalidJSON(let error): "The content is not valid JSON. \(error)"
        case .notAnObject(let found): "The content must be a JSON object ({...}), not \(found)."
        case .tooLarge(let limit):
            "The content is larger than \(limit) bytes of canonical JSON; split it into several documents."
        case .tooDeep(let limit, let pointer):
            "The content is nested deeper than \(limit) levels\(pointer.isEmpty ? "" : " (at \(pointer))"); flatten it."
        }
    }
}
