import ConfigModel

/// JSON for people: two spaces a level, numbers as they were written.
enum PrettyJSON {
    static func text(_ value: JSONValue) -> String {
        var lines = ""
        append(value, indent: "", to: &lines)
        return lines
    }

    private static func append(_ value: JSONValue, indent: String, to text: inout String) {
        let deeper = indent + "  "
        switch value {
        case .object(let object) where !object.isEmpty:
            var separator = "{\n"
            for (key, element) in object {
                text += separator + deeper + ControlCharacters.escaped(JSONValue.string(key).description) + ": "
                append(element, indent: deeper, to: &text)
                separator = ",\n"
            }
            text += "\n\(indent)}"
        case .array(let elements) where !elements.isEmpty:
            var separator = "[\n"
            for element in elements {
                text += separator + deeper
                append(element, indent: deeper, to: &text)
                separator = ",\n"
            }
            text += "\n\(indent)]"
        default: text += ControlCharacters.escaped(value.description)
        }
    }
}
