/// One operation of a JSON patch (RFC 6902).
package enum JSONPatchOperation: Sendable, Equatable {
    case add(JSONPointer, JSONValue)
    case remove(JSONPointer)
    case replace(JSONPointer, JSONValue)
    case move(from: JSONPointer, to: JSONPointer)
    case copy(from: JSONPointer, to: JSONPointer)
    case test(JSONPointer, JSONValue)

    /// Where it takes effect.
    var path: JSONPointer {
        switch self {
        case .add(let path, _), .remove(let path), .replace(let path, _), .move(_, let path), .copy(_, let path),
            .test(let path, _):
            path
        }
    }
}

extension JSONPatchOperation {
    /// Reads one operation; members that its kind does not use are ignored, as the standard demands.
    package init(json: JSONValue) throws(JSONFieldError) {
        guard case .object(let fields) = json else {
            throw JSONFieldError(field: "op", problem: .invalid("an operation is a JSON object, not \(json.kind)."))
        }
        let path = try fields.pointer("path")
        switch try fields.string("op") {
        case "add": self = .add(path, try fields.anyValue("value"))
        case "remove": self = .remove(path)
        case "replace": self = .replace(path, try fields.anyValue("value"))
        case "move": self = .move(from: try fields.pointer("from"), to: path)
        case "copy": self = .copy(from: try fields.pointer("from"), to: path)
        case "test": self = .test(path, try fields.anyValue("value"))
        default:
            throw JSONFieldError(
                field: "op", problem: .invalid("it must be add, remove, replace, move, copy or test."))
        }
    }

    /// Appends the operation as JSON.
    package func appendJSON(to writer: inout JSONWriter) {
        writer.object { operation in
            switch self {
            case .add(let path, let value): operation.write("add", path: path, value: value)
            case .remove(let path): operation.write("remove", path: path)
            case .replace(let path, let value): operation.write("replace", path: path, value: value)
            case .move(let from, let path): operation.write("move", from: from, path: path)
            case .copy(let from, let path): operation.write("copy", from: from, path: path)
            case .test(let path, let value): operation.write("test", path: path, value: value)
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func write(
        _ name: String, from: JSONPointer? = nil, path: JSONPointer, value: JSONValue? = nil
    ) {
        member("op", name)
        member("from", from?.description)
        member("path", path.description)
        member("value", value)
    }
}

extension JSONObject {
    fileprivate func pointer(_ key: String) throws(JSONFieldError) -> JSONPointer {
        let text = try string(key)
        do {
            return try JSONPointer(parsing: text)
        } catch {
            throw JSONFieldError(field: key, problem: .invalid("\(error)"))
        }
    }

    /// A value that may be null.
    fileprivate func anyValue(_ key: String) throws(JSONFieldError) -> JSONValue {
        guard let value = self[key] else {
            throw JSONFieldError(field: key, problem: .missing(expected: "a JSON value"))
        }
        return value
    }
}
