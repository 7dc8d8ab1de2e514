/// Text from outside, made safe for a terminal and for a log of lines: control characters, escape sequences and characters that
/// turn the direction of writing become visible escapes, those of JSON: what stands in a JSON string stays the same text to
/// any reader.
package enum ControlCharacters {
    /// The same text with these characters as `\\u001b`.
    package static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if isDangerous(scalar) {
                for unit in String(scalar).utf16 { safe += escape(unit) }
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// A code unit of UTF-16; characters beyond the basic plane have two.
    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
