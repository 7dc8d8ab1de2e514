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
        // Written byte by byte: it is written for every record, event and response.
        var text: [UInt8] = []
        text.reserveCapacity(24)
        let parts: [(number: Int64, width: Int, end: Unicode.Scalar)] = [
            (date.year, 4, "-"), (date.month, 2, "-"), (date.day, 2, "T"), (rest / 3_600_000, 2, ":"),
            (rest / 60_000 % 60, 2, ":"), (rest / 1_000 % 60, 2, "."), (rest % 1_000, 3, "Z"),
        ]
        for part in parts {
            Self.append(part.number, width: part.width, to: &text)
            text.append(UInt8(ascii: part.end))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends a number with leading zeros.
    private static func append(_ number: Int64, width: Int, to text: inout [UInt8]) {
        let digits = String(number).utf8
        for _ in digits.count..<max(digits.count, width) { text.append(UInt8(ascii: "0")) }
        text.append(contentsOf: digits)
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
