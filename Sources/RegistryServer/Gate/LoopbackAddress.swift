/// Names and addresses that never leave the machine.
package enum LoopbackAddress {
    /// True for `localhost`, `127.0.0.0/8` and `::1`, without a port and without brackets.
    package static func contains(_ host: String) -> Bool {
        host == "::1" || isNameOrIPv4(host.utf8[...])
    }

    /// True for the value of a `Host` header with such a name: `localhost:8000`, `127.0.0.1`, `[::1]:8000`.
    package static func containsHost(ofAuthority authority: String) -> Bool {
        let bytes = authority.utf8
        if bytes.starts(with: "[::1]".utf8) { return isPort(bytes.dropFirst(5)) }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        return isNameOrIPv4(bytes[..<colon]) && isPort(bytes[colon...])
    }

    /// Nothing, or a colon and a number up to 65535.
    private static func isPort(_ bytes: Substring.UTF8View) -> Bool {
        guard let colon = bytes.first else { return true }
        let digits = bytes.dropFirst()
        return colon == UInt8(ascii: ":") && UInt16(Substring(digits)) != nil
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isNameOrIPv4(_ bytes: Substring.UTF8View) -> Bool {
        guard bytes.starts(with: "127.".utf8) else { return Substring(bytes).lowercased() == "localhost" }
        // Every request comes through here: no array of parts, no text of each.
        var (parts, digits, value) = (1, 0, 0)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: ".") where digits > 0: (parts, digits, value) = (parts + 1, 0, 0)
            case UInt8(ascii: "0")...UInt8(ascii: "9") where digits < 3:
                (digits, value) = (digits + 1, value * 10 + Int(byte) - 0x30)
                guard value <= 255 else { return false }
            default: return false
            }
        }
        return parts == 4 && digits > 0
    }
}
