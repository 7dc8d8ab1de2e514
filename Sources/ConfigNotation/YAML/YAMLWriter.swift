import ConfigModel

/// Writes JSON values as YAML that readers of YAML 1.1 and of YAML 1.2 understand alike.
struct YAMLWriter {
    private(set) var text = ""

    mutating func append(document value: JSONValue) {
        switch value {
        case .object(let object) where !object.isEmpty: append(members: object, indent: 0)
        case .array(let elements) where !elements.isEmpty: append(elements: elements, indent: 0)
        default: append(scalar: value, indent: 0)
        }
    }

    /// Writes one line a member; the first one is written where the text ends, which is at `indent`.
    private mutating func append(members object: JSONObject, indent: Int) {
        var isFirst = true
        for (key, value) in object {
            if !isFirst { text += spaces(indent) }
            isFirst = false
            let key = YAMLString.inline(key)
            // Readers look for the ':' of a key at most 1,024 characters further on.
            if key.utf8.count > 800 {
                text += "? \(key)\n\(spaces(indent)):"
            } else {
                text += key + ":"
            }
            append(value: value, indent: indent)
        }
    }

    private mutating func append(elements: [JSONValue], indent: Int) {
        var isFirst = true
        for element in elements {
            if !isFirst { text += spaces(indent) }
            isFirst = false
            switch element {
            case .object(let object) where !object.isEmpty:
                text += "- "
                append(members: object, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty:
                text += "- "
                append(elements: elements, indent: indent + 2)
            default:
                text += "- "
                append(scalar: element, indent: indent)
            }
        }
    }

    /// Writes what stands behind the `:` of a key.
    private mutating func append(value: JSONValue, indent: Int) {
        switch value {
        case .object(let object) where !object.isEmpty:
            text += "\n" + spaces(indent + 2)
            append(members: object, indent: indent + 2)
        case .array(let elements) where !elements.isEmpty:
            text += "\n" + spaces(indent + 2)
            append(elements: elements, indent: indent + 2)
        default:
            text += " "
            append(scalar: value, indent: indent)
        }
    }

    private mutating func append(scalar value: JSONValue, indent: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let number): text += Self.number(number.text)
        case .string(let string):
            if let lines = YAMLString.literal(string) {
                text += lines.header
                for line in lines.lines { text += line.isEmpty ? "\n" : "\n" + spaces(indent + 2) + line }
            } else {
                text += YAMLString.inline(string)
            }
        case .array: text += "[]"
        case .object: text += "{}"
        }
        text += "\n"
    }

    /// YAML 1.1 knows an exponent only behind a fraction and with a sign; a tag makes the rest a number there too.
    private static func number(_ literal: String) -> String {
        guard let exponent = literal.utf8.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
        else { return literal }
        let sign = literal.utf8[literal.utf8.index(after: exponent)...].first
        let isKnown =
            literal[..<exponent].utf8.contains(UInt8(ascii: "."))
            && (sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"))
        return isKnown ? literal : "!!float " + literal
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
