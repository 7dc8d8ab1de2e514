import ConfigModel

/// One place where two contents differ.
struct ContentChange: Sendable, Equatable {
    /// The way to it: keys, and indexes of arrays.
    let path: JSONPointer
    /// What was there; nil when nothing was.
    let old: JSONValue?
    /// What is there; nil when nothing is.
    let new: JSONValue?
}

extension ContentChange {
    /// All changes between two contents, in the order of their paths.
    static func all(from old: JSONObject, to new: JSONObject) -> [ContentChange] {
        let old = JSONValue.object(old)
        return JSONPatch.difference(from: old, to: .object(new)).operations.compactMap { operation in
            switch operation {
            case .add(let path, let value): ContentChange(path: path, old: nil, new: value)
            case .remove(let path): ContentChange(path: path, old: old.value(at: path), new: nil)
            case .replace(let path, let value): ContentChange(path: path, old: old.value(at: path), new: value)
            // A comparison makes none of these.
            case .move, .copy, .test: nil
            }
        }
    }

    /// As the commands take it: `db.port`, or a JSON pointer.
    var place: String { path.place }

    /// The member `changes` of a response to programs.
    var json: JSONValue {
        var object = JSONObject()
        object["path"] = .string(path.description)
        object["old"] = old
        object["new"] = new
        return .object(object)
    }
}

extension JSONValue {
    /// The value at a place; nil when there is none.
    fileprivate func value(at path: JSONPointer) -> JSONValue? {
        path.tokens.reduce(self) { value, token in
            switch value {
            case .object(let object)?: object[token]
            case .array(let elements)?: Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }
}
