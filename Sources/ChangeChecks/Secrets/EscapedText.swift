/// Texts in which some characters are written otherwise, as in JSON pointers and in URLs.
enum EscapedText {
    /// The text with `~1` as `/`, `~0` as `~`, `%2F` as `/`, and `\"` as `"`: shorter, or as it was.
    static func unescaped(_ text: String) -> String {
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

    /// The first byte that is meant, and how many stand for it.
    private static func character(_ bytes: ArraySlice<UInt8>) -> (byte: UInt8, length: Int) {
        let first = bytes[bytes.startIndex]
        guard bytes.count > 1 else { return (first, 1) }
        let second = bytes[bytes.startIndex + 1]
        switch first {
        case UInt8(ascii: "~") where second == UInt8(ascii: "0"): return (first, 2)
        case UInt8(ascii: "~") where second == UInt8(ascii: "1"): return (UInt8(ascii: "/"), 2)
        case UInt8(ascii: "\\") where second == UInt8(ascii: "\"") || second == UInt8(ascii: "/"): return (second, 2)
        case UInt8(ascii: "%") where bytes.count > 2:
            guard let high = digit(second), let low = digit(bytes[bytes.startIndex + 2]) else { break }
            return (high << 4 | low, 3)
        default: break
        }
        return (first, 1)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
