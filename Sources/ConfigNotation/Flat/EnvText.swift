package import ConfigModel

/// JSON objects as the file of an environment, a line for each value: `DB_HOST='db-1'`.
///
/// Names are the keys on the way, joined with `_` and in upper case. What is read back is every value as a text, or nothing is
/// written.
package enum EnvText {
    /// How values stand in the file.
    package enum Quotes: String, Sendable, CaseIterable {
        /// In quotes, for shells and for `EnvironmentFile=` of systemd.
        case shell
        /// As they are up to the end of the line, for `docker run --env-file`.
        case none
    }

    /// Writes an object.
    ///
    /// - Parameter separator: stands between the elements of an array.
    /// - Throws: `UnwritableValue` for a name that is none or that two values would have, and for a value that cannot be said.
    package static func write(
        _ object: JSONObject, quotes: Quotes = .shell, separator: String = ","
    ) throws(UnwritableValue) -> String {
        var names = GivenNames()
        var text = ""
        for value in try FlatValues(separator: separator, notation: "the file of an environment").list(object) {
            guard let name = name(of: value.pointer) else {
                throw UnwritableValue(
                    value.pointer,
                    "makes no name of a variable: letters of A to Z, digits and '_' can stand in one, and no "
                        + "digit first; rename it")
            }
            try names.give(name, to: value.pointer)
            text += name + "=" + (try written(value, quotes)) + "\n"
        }
        return text
    }

    /// nil for what is no name.
    private static func name(of pointer: JSONPointer) -> String? {
        var name: [UInt8] = []
        for (index, token) in pointer.tokens.enumerated() {
            if index > 0 { name.append(UInt8(ascii: "_")) }
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): name.append(byte - 0x20)
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    name.append(byte)
                default: return nil
                }
            }
        }
        guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    private static func written(_ value: FlatValue, _ quotes: Quotes) throws(UnwritableValue) -> String {
        let bytes = value.text.utf8
        guard !bytes.contains(0) else {
            throw UnwritableValue(value.pointer, "holds the character U+0000, which no environment can hold")
        }
        switch quotes {
        case .none:
            guard !bytes.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else {
                throw UnwritableValue(
                    value.pointer, "holds the end of a line, which needs quotes: write them with 'quote: shell'")
            }
            return value.text
        case .shell: return quoted(value.text)
        }
    }

    /// In single quotes; with one of them in it in double quotes with escapes, because systemd does not read what is put
    /// together of several pieces.
    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "'")) else { return "'\(text)'" }
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"):
                quoted += [UInt8(ascii: "\\"), byte]
            default: quoted.append(byte)
            }
        }
        return String(decoding: quoted + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}
