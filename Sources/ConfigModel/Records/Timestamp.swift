/// A moment in whole milliseconds since 1970-01-01T00:00:00Z, written as RFC 3339 in UTC with milliseconds and `Z`.
public struct Timestamp: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Makes a moment from milliseconds since 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
}

extension Timestamp: Comparable {
    /// Earlier before later.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

extension Timestamp: CustomStringConvertible {
    /// For example `2026-11-20T21:30:00.123Z`.
    public var description: String {
        let days = Int64.floorDivide(milliseconds, by: 86_400_000)
        // Not `milliseconds - days * 86_400_000`, which overflows at the lower end.
        let remainder = milliseconds % 86_400_000
        let rest = remainder < 0 ? remainder + 86_400_000 : remainder
        let date = CivilDate(daysSinceEpoch: days)
        let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60].map { Self.padded($0, to: 2) }
        return Self.padded(date.year, to: 4) + "-" + Self.padded(date.month, to: 2) + "-" + Self.padded(date.day, to: 2)
            + "T" + time.joined(separator: ":") + "." + Self.padded(rest % 1_000, to: 3) + "Z"
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Timestamp {
    /// Reads exactly the form that `description` writes; nil for anything else, impossible dates included.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), let fraction = number(20..<23)
        else { return nil }
        self.init(
            milliseconds: CivilDate(year: year, month: month, day: day).daysSinceEpoch * 86_400_000
                + hour * 3_600_000 + minute * 60_000 + second * 1_000 + fraction)
        // Punctuation, ranges and the length of the month are checked by writing it again.
        guard (1...12).contains(month), hour < 24, minute < 60, second < 60, description == text else { return nil }
    }
}
