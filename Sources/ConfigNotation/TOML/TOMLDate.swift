/// Dates and times of TOML (RFC 3339, each part also alone): checked and kept as they were written.
enum TOMLDate {
    /// `2026-01-05`, nothing else.
    static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word
        return takeDate(&rest) && rest.isEmpty
    }

    /// A date, a time, or both with or without an offset.
    static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word
        if takeDate(&rest) {
            guard let separator = rest.popFirst() else { return true }
            guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(separator), takeTime(&rest) else {
                return false
            }
            return rest.isEmpty || takeOffset(&rest) && rest.isEmpty
        }
        rest = word
        return takeTime(&rest) && rest.isEmpty
    }

    private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard let year = number(4, &rest), take(UInt8(ascii: "-"), &rest), let month = number(2, &rest),
            take(UInt8(ascii: "-"), &rest), let day = number(2, &rest), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (1...days).contains(day)
    }

    private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard let hour = number(2, &rest), take(UInt8(ascii: ":"), &rest), let minute = number(2, &rest),
            take(UInt8(ascii: ":"), &rest), let second = number(2, &rest), hour < 24, minute < 60, second <= 60
        else { return false }
        guard take(UInt8(ascii: "."), &rest) else { return true }
        let fraction = rest.prefix(while: TOMLParser.isDigit)
        rest = rest.dropFirst(fraction.count)
        return !fraction.isEmpty
    }

    private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Bool {
        if take(UInt8(ascii: "Z"), &rest) || take(UInt8(ascii: "z"), &rest) { return true }
        guard take(UInt8(ascii: "+"), &rest) || take(UInt8(ascii: "-"), &rest), let hour = number(2, &rest),
            take(UInt8(ascii: ":"), &rest), let minute = number(2, &rest)
        else { return false }
        return hour < 24 && minute < 60
    }

    private static func take(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Exactly so many digits.
    private static func number(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(TOMLParser.isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
