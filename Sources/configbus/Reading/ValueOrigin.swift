import ConfigModel

/// A value of a merged document, and the layer that it is from.
struct ValueOrigin: Equatable {
    /// Where it is.
    let path: JSONPointer
    /// The value; nil when the environment removed what the layer underneath has.
    let value: JSONValue?
    /// The environment whose document has it, or removed it.
    let environment: String
    /// What the layer underneath has there; nil when it has nothing.
    let hidden: JSONValue?
}

extension ValueOrigin {
    /// The values of one document: what is neither an object nor an array, arrays whole, and empty objects.
    static func all(in value: JSONValue, of environment: String, at path: JSONPointer = JSONPointer()) -> [ValueOrigin]
    {
        guard case .object(let object) = value, !object.isEmpty else {
            // An empty document has no values.
            guard !path.tokens.isEmpty else { return [] }
            return [ValueOrigin(path: path, value: value, environment: environment, hidden: nil)]
        }
        return object.flatMap { all(in: $0.value, of: environment, at: path.appending($0.key)) }
    }

    /// The values of a document that is a merge patch on another one.
    ///
    /// - Parameters:
    ///   - patch: what the environment has.
    ///   - environment: its name.
    ///   - base: what the default environment has.
    static func all(
        of patch: JSONValue, in environment: String, over base: JSONValue, at path: JSONPointer = JSONPointer()
    ) -> [ValueOrigin] {
        switch (patch, base) {
        case (.object(let patch), .object(let base)):
            // Not a set of strings, which would join keys that differ in their bytes.
            let keys = (base.keys + patch.keys.filter { base[$0] == nil }).sorted(by: UTF8Order.isLess)
            guard !keys.isEmpty else { return all(in: .object(base), of: DocumentKey.defaultEnvironment, at: path) }
            return keys.flatMap { key in
                member(patch[key], in: environment, over: base[key], at: path.appending(key))
            }
        case (.object, _):
            // null removes what is not there, so that nothing of it is left.
            let merged = MergePatch.apply(patch, to: .null)
            var values = all(in: merged, of: environment, at: path)
            if let first = values.first {
                values[0] = ValueOrigin(
                    path: first.path, value: first.value, environment: environment, hidden: base)
            }
            return values
        default: return [ValueOrigin(path: path, value: patch, environment: environment, hidden: base)]
        }
    }

    private static func member(
        _ patch: JSONValue?, in environment: String, over base: JSONValue?, at path: JSONPointer
    ) -> [ValueOrigin] {
        switch (patch, base) {
        case (nil, let base?): all(in: base, of: DocumentKey.defaultEnvironment, at: path)
        case (.null?, let base?): [ValueOrigin(path: path, value: nil, environment: environment, hidden: base)]
        case (.null?, nil), (nil, nil): []
        case (let patch?, nil): all(in: MergePatch.apply(patch, to: .null), of: environment, at: path)
        case (let patch?, let base?): all(of: patch, in: environment, over: base, at: path)
        }
    }
}

extension ValueOrigin {
    /// Which layer it is from, and what that hides.
    var note: String {
        guard let hidden else { return environment }
        let text = hidden.description.shortened(to: Self.shownCharacters)
        return value == nil ? "removed by \(environment), \(text) in default" : "\(environment), \(text) in default"
    }

    /// Characters of a value that is hidden.
    private static let shownCharacters = 40

    /// An element of the response to programs.
    var json: JSONValue {
        var object = JSONObject()
        object["path"] = .string(path.description)
        object["value"] = value
        object["environment"] = .string(environment)
        object["hidden"] = hidden
        return .object(object)
    }
}
