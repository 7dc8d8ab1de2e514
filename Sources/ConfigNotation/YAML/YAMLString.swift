/// How strings are written in YAML: plain where no reader takes them for anything else, as lines where they have some, in
/// double quotes otherwise.
enum YAMLString {
    /// Text on one line.
    static func inline(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// Text with line ends as a literal block: what stands behind the colon, and the lines below.
    ///
    /// - Returns: nil for text that some reader would not give back.
    static func literal(_ text: String) -> (header: String, lines: [Substring])? {
        guard text.utf8.contains(.lineFeed), text.unicodeScalars.allSatisfy(isLiteral) else { return nil }
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
        guard let first = lines.first, let initial = first.utf8.first, initial != 0x20, initial != 0x09,
            lines.allSatisfy({ $0.utf8.last != 0x20 && $0.utf8.last != 0x09 })
        else { return nil }
        guard lines.last?.isEmpty == true else { return ("|-", lines) }
        lines.removeLast()
        return (lines.last?.isEmpty == true ? "|+" : "|", lines)
    }

    private static func isLiteral(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || !needsEscape(scalar)
    }

    // MARK: Plain

    /// Letters, digits and a few marks, beginning with a letter: nothing that looks like a number, a date or an indicator.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, isLetter(first) || first == UInt8(ascii: "_") || first == UInt8(ascii: "/"),
            bytes[bytes.count - 1] != UInt8(ascii: " "), !words.contains(text.lowercased())
        else { return false }
        return bytes.indices.allSatisfy { index in
            switch bytes[index] {
            case UInt8(ascii: ":"): index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: " ")
            default: isPlain(bytes[index])
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "$"), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: isLetter(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// What some version of YAML takes for null, a boolean or a number.
    private static let words: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity", "none", "nil",
    ]

    // MARK: Double quotes

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if needsEscape(scalar) {
                    quoted += escape(scalar.value)
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    private static func escape(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        let count = value > 0xffff ? 8 : 4
        return (count == 8 ? "\\U" : "\\u") + String(repeating: "0", count: count - digits.count) + digits
    }

    /// What no reader takes as it is, what some take for a line end, and what a terminal could act on.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: true
        default: false
        }
    }
}
