/// `sha256:` followed by 64 hexadecimal digits in lower case: how every hash is written.
package enum SHA256Text {
    /// What every hash begins with.
    package static let prefix = "sha256:"

    /// The hash of some bytes.
    package static func hash(_ bytes: [UInt8]) -> String {
        prefix + hexadecimal(digest(of: bytes))
    }

    /// The 32 bytes of the hash of some bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] { SHA256Hash.digest(of: bytes) }

    /// True for `sha256:` and 64 digits in lower case.
    package static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == prefix.utf8.count + 64 && text.utf8.starts(with: prefix.utf8)
            && text.utf8.dropFirst(prefix.utf8.count).allSatisfy(isDigit)
    }

    /// Bytes as hexadecimal digits in lower case.
    package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
