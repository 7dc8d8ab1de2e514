/// Texts in which some characters are written otherwise, as in JSON pointers and in URLs.
enum EscapedText {
    /// The text with `~1` as `/`, `~0` as `~`, `%2F` and `\x{2f}` as `/`, and `\"` as `"`: shorter, or as it was.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(where: isMark) else { return text }
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (byte, length) = character(bytes[index...])
            plain.append(byte)
            index += length
        }
        return plain.count == bytes.count ? text : String(decoding: plain, as: UTF8.self)
    }

    /// What an escape begins with.
    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "~") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\")
    }

    /// The first byte that is meant, and how many stand for it.
    private static func character(_ bytes: ArraySlice<UInt8>) -> (byte: UInt8, length: Int) {
        let first = bytes[bytes.startIndex]
        let rest = bytes.dropFirst()
        guard isMark(first), let second = rest.first else { return (first, 1) }
        switch (first, second) {
        case (UInt8(ascii: "~"), UInt8(ascii: "0")): return (first, 2)
        case (UInt8(ascii: "~"), UInt8(ascii: "1")): return (UInt8(ascii: "/"), 2)
        case (UInt8(ascii: "\\"), UInt8(ascii: "\"")), (UInt8(ascii: "\\"), UInt8(ascii: "/")): return (second, 2)
        case (UInt8(ascii: "\\"), UInt8(ascii: "x")) where rest.starts(with: "x{".utf8):
            let digits = rest.dropFirst(2)
            guard let byte = value(of: digits), digits.dropFirst(2).first == UInt8(ascii: "}") else { break }
            return (byte, 6)
        case (UInt8(ascii: "%"), _):
            guard let byte = value(of: rest) else { break }
            return (byte, 3)
        default: break
        }
        return (first, 1)
    }

    /// The byte that two digits stand for.
    private static func value(of digits: ArraySlice<UInt8>) -> UInt8? {
        guard let high = digits.first.flatMap(digit), let low = digits.dropFirst().first.flatMap(digit) else {
            return nil
        }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
