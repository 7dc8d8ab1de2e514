import ConfigModel

/// Writes JSON objects as TOML 1.0: tables under their headers, what is inside of arrays inline.
struct TOMLWriter {
    private(set) var text = ""

    /// Writes the members of a table: its own values first, because a header ends it.
    mutating func append(_ table: JSONObject, at pointer: JSONPointer = JSONPointer()) throws(UnwritableValue) {
        for (key, value) in table where !Self.isTable(value) {
            text += Self.key(key) + " = "
            try append(inline: value, at: pointer.appending(key))
            text += "\n"
        }
        for (key, value) in table where Self.isTable(value) {
            let place = pointer.appending(key)
            switch value {
            case .object(let object):
                // Tables that hold tables alone are there by those.
                if object.isEmpty || object.contains(where: { !Self.isTable($0.value) }) {
                    append(header: place, "[", "]")
                }
                try append(object, at: place)
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    guard case .object(let object) = element else { continue }
                    append(header: place, "[[", "]]")
                    try append(element: object, index: index, of: place)
                }
            default: break
            }
        }
    }

    /// Headers inside of an element have the name of its array and no index.
    private mutating func append(
        element: JSONObject, index: Int, of array: JSONPointer
    ) throws(UnwritableValue) {
        do throws(UnwritableValue) {
            try append(element, at: array)
        } catch {
            // The place that is named has the index.
            var tokens = error.pointer.tokens
            tokens.insert(String(index), at: array.tokens.count)
            throw UnwritableValue(JSONPointer(tokens: tokens), error.reason)
        }
    }

    /// An object, or an array of nothing but objects.
    private static func isTable(_ value: JSONValue) -> Bool {
        switch value {
        case .object: true
        case .array(let elements):
            !elements.isEmpty && elements.allSatisfy { if case .object = $0 { true } else { false } }
        default: false
        }
    }

    private mutating func append(header pointer: JSONPointer, _ opening: String, _ closing: String) {
        if !text.isEmpty { text += "\n" }
        text += opening + pointer.tokens.map(Self.key).joined(separator: ".") + closing + "\n"
    }

    private mutating func append(inline value: JSONValue, at pointer: JSONPointer) throws(UnwritableValue) {
        switch value {
        case .null:
            throw UnwritableValue(pointer, "is null, which TOML cannot say; leave it out or give it a value")
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let number): text += try Self.number(number, at: pointer)
        case .string(let string): text += Self.quoted(string)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += ", " }
                try append(inline: element, at: pointer.appending(String(index)))
            }
            text += "]"
        case .object(let object):
            text += "{"
            var separator = ""
            for (key, value) in object {
                text += separator + Self.key(key) + " = "
                try append(inline: value, at: pointer.appending(key))
                separator = ", "
            }
            text += "}"
        }
    }

    private static func number(_ number: JSONNumber, at pointer: JSONPointer) throws(UnwritableValue) -> String {
        let isInteger = number.text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || TOMLParser.isDigit($0) }
        guard isInteger ? number.int64 != nil : number.double != nil else {
            throw UnwritableValue(pointer, "is a number that is too large for readers of TOML; make it a text")
        }
        return number.text
    }

    private static func key(_ text: String) -> String {
        let isBare =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                TOMLParser.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
        return isBare ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: quoted += "\\\""
            case 0x5c: quoted += "\\\\"
            case 0x08: quoted += "\\b"
            case 0x09: quoted += "\\t"
            case 0x0a: quoted += "\\n"
            case 0x0c: quoted += "\\f"
            case 0x0d: quoted += "\\r"
            case 0..<0x20, 0x7f:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
