package import ConfigModel

/// JSON objects as properties of Java, a line for each value: `db.host=db-1`.
///
/// Names are the keys on the way, joined with `.`. The text is ASCII, so that it is the same in every encoding that Java may
/// read it in; what is read back is every value as a text, or nothing is written.
package enum PropertiesText {
    /// Writes an object.
    ///
    /// - Parameter separator: stands between the elements of an array.
    /// - Throws: `UnwritableValue` for a name that two values would have, and for a value that cannot be said.
    package static func write(_ object: JSONObject, separator: String = ",") throws(UnwritableValue) -> String {
        var names = GivenNames()
        var text = ""
        for value in try FlatValues(separator: separator, notation: "a file of properties").list(object) {
            let name = value.pointer.tokens.joined(separator: ".")
            try names.give(name, to: value.pointer)
            text += escaped(name, isName: true) + "=" + escaped(value.text, isName: false) + "\n"
        }
        return text
    }

    /// As `java.util.Properties` writes it.
    private static func escaped(_ text: String, isName: Bool) -> String {
        var result = ""
        for (index, unit) in text.utf16.enumerated() {
            switch unit {
            case 0x5c: result += "\\\\"
            case 0x09: result += "\\t"
            case 0x0a: result += "\\n"
            case 0x0c: result += "\\f"
            case 0x0d: result += "\\r"
            case 0x3d, 0x3a, 0x23, 0x21: result += "\\" + ascii(unit)
            case 0x20: result += isName || index == 0 ? "\\ " : " "
            case 0x21...0x7e: result += ascii(unit)
            default:
                let digits = String(unit, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result
    }

    private static func ascii(_ unit: UInt16) -> String { String(UnicodeScalar(UInt8(truncatingIfNeeded: unit))) }
}
