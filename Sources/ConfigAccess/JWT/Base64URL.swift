import ConfigModel

/// Base64 for URLs (RFC 4648, section 5) as JWT has it (RFC 7515, section 2): without padding, and strict, so that every value
/// has one spelling.
package enum Base64URL {
    /// The bytes; nil when the text is not their one spelling.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): digits.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): digits.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: digits.append(byte)
            }
        }
        guard digits.count % 4 != 1 else { return nil }
        while !digits.count.isMultiple(of: 4) { digits.append(UInt8(ascii: "=")) }
        return Base64.decode(String(decoding: digits, as: UTF8.self))
    }
}
