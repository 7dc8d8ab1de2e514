import EventBus

enum PercentEncoding {
    /// Decodes `%XX`; what comes out is UTF-8 without NUL, because the broker's library takes C strings.
    static func decode(_ text: Substring, _ what: String) throws(BusError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(value(ofHexadecimal:)),
                let low = rest.popFirst().flatMap(value(ofHexadecimal:))
            else {
                throw BusError(
                    .invalid,
                    "In the AMQP URI a '%' in the \(what) is not followed by two hexadecimal digits: write '%25'.")
            }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw BusError(.invalid, "In the AMQP URI the \(what) is not UTF-8, or contains a NUL.")
        }
        return decoded
    }

    private static func value(ofHexadecimal digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
