#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Well-known forms of texts, by the names that JSON Schema gives them.
package enum TextFormat: String, CaseIterable, Sendable {
    /// RFC 3339.
    case date
    /// RFC 3339.
    case time
    /// RFC 3339.
    case dateTime = "date-time"
    /// Four numbers with points between them.
    case ipv4
    /// RFC 4291.
    case ipv6
    /// RFC 9562.
    case uuid

    /// In the words of sentences.
    package var described: String {
        switch self {
        case .date: "a date (RFC 3339), for example 2026-01-31"
        case .time: "a time (RFC 3339), for example 21:30:00Z"
        case .dateTime: "a date and time (RFC 3339), for example 2026-01-31T21:30:00Z"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uuid: "a UUID"
        }
    }

    /// True for a text of this form.
    package func matches(_ text: String) -> Bool {
        let bytes = text.utf8
        switch self {
        case .date: return Self.isDate(bytes[...])
        case .time: return Self.isTime(bytes[...])
        case .dateTime:
            guard bytes.count > 11 else { return false }
            let separator = bytes.index(bytes.startIndex, offsetBy: 10)
            return bytes[separator] | 0x20 == UInt8(ascii: "t") && Self.isDate(bytes[..<separator])
                && Self.isTime(bytes[bytes.index(after: separator)...])
        case .ipv4: return Self.isAddress(text, AF_INET)
        case .ipv6: return Self.isAddress(text, AF_INET6)
        case .uuid: return UUIDText.isWellFormed(text.lowercased())
        }
    }

    /// The system reads addresses as RFC 4291 writes them, but only up to a zero byte.
    private static func isAddress(_ text: String, _ family: Int32) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 4) { address in
            !text.utf8.contains(0) && inet_pton(family, text, address.baseAddress) == 1
        }
    }

    private static func isDate(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, let year = number(parts[0], in: 0...9999),
            let month = number(parts[1], in: 1...12), let day = number(parts[2], in: 1...31)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Hours, minutes, seconds, perhaps a fraction, and the zone. Only the last minute of a day of UTC has a second 60.
    private static func isTime(_ text: Substring.UTF8View) -> Bool {
        guard let mark = text.lastIndex(where: { "Zz+-".utf8.contains($0) }) else { return false }
        var offset = 0
        if text[mark] | 0x20 == UInt8(ascii: "z") {
            guard text.index(after: mark) == text.endIndex else { return false }
        } else {
            let zone = text[text.index(after: mark)...].split(
                separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard zone.count == 2, let hours = number(zone[0], in: 0...23), let minutes = number(zone[1], in: 0...59)
            else {
                return false
            }
            offset = (hours * 60 + minutes) * (text[mark] == UInt8(ascii: "+") ? 1 : -1)
        }
        let clock = text[..<mark].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let parts = clock[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], in: 0...23), let minute = number(parts[1], in: 0...59),
            let second = number(parts[2], in: 0...60),
            clock.count == 1 || !clock[1].isEmpty && clock[1].allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        return second < 60 || (hour * 60 + minute - offset + 2 * 1_440) % 1_440 == 1_439
    }

    /// Digits, two of them unless it is a year.
    private static func number(_ text: Substring.UTF8View, in range: ClosedRange<Int>) -> Int? {
        guard text.count == (range.upperBound > 99 ? 4 : 2), text.allSatisfy({ (0x30...0x39).contains($0) }),
            let value = Int(Substring(text)), range.contains(value)
        else { return nil }
        return value
    }
}
