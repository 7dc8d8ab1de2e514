public import ConfigModel

/// A change that is described relative to the newest version.
public enum DocumentPatch: Sendable, Equatable {
    /// RFC 7396: an object to be merged into the content.
    case merge(JSONObject)
    /// RFC 6902: a list of operations.
    case operations([JSONValue])
}

extension DocumentPatch {
    /// The media type of its body.
    package var mediaType: RequestMediaType {
        switch self {
        case .merge: .mergePatch
        case .operations: .jsonPatch
        }
    }

    /// Its body.
    package var jsonBytes: [UInt8] {
        switch self {
        case .merge(let object): JSONValue.object(object).canonicalBytes
        case .operations(let operations): JSONValue.array(operations).canonicalBytes
        }
    }

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - type: its media type, one of the two of a patch.
    package init(_ body: [UInt8], _ type: RequestMediaType) throws(Problem) {
        let value: JSONValue
        do { value = try JSONValue(parsing: body) } catch { throw Problem(error) }
        switch (type, value) {
        case (.jsonPatch, .array(let operations)): self = .operations(operations)
        case (.jsonPatch, _):
            throw Problem(
                .invalidPatch, "The patch cannot be applied: it must be an array of operations, not \(value.kind).")
        case (_, .object(let object)): self = .merge(object)
        default:
            throw Problem(.notAnObject, "A merge patch of a document must be a JSON object, not \(value.kind).")
        }
    }
}
