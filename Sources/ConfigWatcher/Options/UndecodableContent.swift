import ConfigModel

/// A content that is not what the application's type expects, in one sentence with the place as the document names it, and
/// without the value that is there.
struct UndecodableContent: Error, CustomStringConvertible {
    let description: String

    init(_ error: DecodingError, in object: JSONObject, _ keys: KeyDecoding) {
        let names = DocumentNames(object, keys)
        switch error {
        case .keyNotFound(let key, let context):
            description = Self.missing(key.stringValue, names.pointer(context.codingPath), names)
        case .valueNotFound(let type, let context):
            description = "\(Self.place(context, names)): \(type) is expected, not null."
        case .typeMismatch(let type, let context):
            description = "\(Self.place(context, names)): \(Self.mismatch("\(type)", context, names))"
        case .dataCorrupted(let context):
            description = "\(Self.place(context, names)): \(Self.remark(context.debugDescription))"
        @unknown default:
            description = "\(error)"
        }
    }

    init(_ number: UnfitNumber) {
        description = "\(number.pointer): the number does not fit \(number.type ?? "the type")."
    }

    private static func missing(_ key: String, _ parent: JSONPointer, _ names: DocumentNames) -> String {
        let place = parent.tokens.isEmpty ? "The document" : "\(parent)"
        if names.keys == .convertFromSnakeCase, key.dropFirst().dropLast().contains("_") {
            return
                "\(place) misses the key '\(key)'. Keys are converted from snake_case first: name it without underscores in "
                + "CodingKeys, or set WatcherOptions.keys to .useDefaultKeys."
        }
        if let near = names.nearlyNamed(key, at: parent) {
            return "\(parent.appending(near.written)) is read as '\(near.read)', and the type has '\(key)': write "
                + "case \(key) = \"\(near.read)\" in its CodingKeys."
        }
        let hint =
            names.keys == .useDefaultKeys && key.contains(where: \.isUppercase)
            ? " WatcherOptions.keys = .convertFromSnakeCase also finds it written with underscores." : ""
        let pointer = names.pointer(parent.tokens + [key])
        return "\(pointer) is missing." + hint
    }

    private static func mismatch(
        _ expected: String, _ context: DecodingError.Context, _ names: DocumentNames
    ) -> String {
        // What a type says that decodes itself says more.
        guard context.debugDescription.hasPrefix("Expected to decode "),
            let value = names.value(at: names.pointer(context.codingPath))
        else { return context.debugDescription }
        switch expected {
        case "Array<Any>":
            let isDuration = Duration(configuration: value) != nil
            return "an array is expected, not \(value.kind)."
                + (isDuration
                    ? " A property of type Duration does not take '30s': decode a String, or read it by get." : "")
        case "Dictionary<String, Any>": return "an object is expected, not \(value.kind)."
        default: return "\(expected) is expected, not \(value.kind)."
        }
    }

    /// What an enumeration says by itself ends with the value.
    private static func remark(_ text: String) -> String {
        guard text.hasPrefix("Cannot initialize "), let end = text.firstRange(of: " from invalid ") else { return text }
        return "the value is none of \(text[..<end.lowerBound].dropFirst("Cannot initialize ".count))."
    }

    private static func place(_ context: DecodingError.Context, _ names: DocumentNames) -> String {
        context.codingPath.isEmpty ? "The document" : "\(names.pointer(context.codingPath))"
    }
}
