/// UUIDs (RFC 9562) as text in lower case.
package enum UUIDText {
    /// Version 4: random.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let words = [generator.next(), generator.next()] as [UInt64]
        return text(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }, version: 4)
    }

    /// Version 5: the same name in the same namespace is always the same UUID.
    package static func named(_ name: String, in namespace: [UInt8]) -> String {
        text(Array(SHA1Hash.digest(of: namespace + Array(name.utf8)).prefix(16)), version: 5)
    }

    /// True for 8-4-4-4-12 hexadecimal digits in lower case.
    package static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 36
            && zip(0..., text.utf8).allSatisfy { index, byte in
                switch (index, byte) {
                case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")):
                    true
                case (8, _), (13, _), (18, _), (23, _): false
                case (_, UInt8(ascii: "0")...UInt8(ascii: "9")), (_, UInt8(ascii: "a")...UInt8(ascii: "f")): true
                default: false
                }
            }
    }

    private static func text(_ random: [UInt8], version: UInt8) -> String {
        var bytes = random
        bytes[6] = bytes[6] & 0x0f | version << 4
        bytes[8] = bytes[8] & 0x3f | 0x80
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, digit) in SHA256Text.hexadecimal(bytes).utf8.enumerated() {
            if index.isMultiple(of: 4), (8...20).contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
