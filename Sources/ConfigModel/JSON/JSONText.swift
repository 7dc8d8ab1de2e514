/// The canonical spelling of strings.
enum JSONText {
    /// Appends a string in quotes with the escapes `\" \\ \b \f \n \r \t`, other control characters as `\u00xx` in lower
    /// case, and nothing else escaped.
    static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        UTF8Order.withBytes(text) { bytes in
            var start = 0
            for index in 0..<bytes.count where needsEscape(bytes[index]) {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
                appendEscape(of: bytes[index], to: &output)
                start = index + 1
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        output.append(UInt8(ascii: "\""))
    }

    /// How many bytes `append` would add.
    static func length(of text: String) -> Int {
        text.utf8.reduce(2) { length, byte in
            guard needsEscape(byte) else { return length + 1 }
            return length + (shortEscape(of: byte) == nil ? 6 : 2)
        }
    }

    /// True for the code units that are written as `\u00xx`.
    static func isEscapedByUnit(_ unit: UInt32) -> Bool {
        unit < 0x20 && shortEscape(of: UInt8(unit)) == nil
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        if let letter = shortEscape(of: byte) {
            output.append(letter)
        } else {
            output.append(contentsOf: "u00".utf8)
            for digit in [byte >> 4, byte & 15] { output.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
    }

    private static func shortEscape(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x08: UInt8(ascii: "b")
        case 0x0c: UInt8(ascii: "f")
        case 0x0a: UInt8(ascii: "n")
        case 0x0d: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }
}
