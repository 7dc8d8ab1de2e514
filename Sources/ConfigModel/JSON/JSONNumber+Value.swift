extension JSONNumber {
    /// True when both are the same number, however they are written: `1`, `1.0`, `1e0` and `10e-1`.
    ///
    /// Digits are compared, and nothing is computed with them: precision and range have no limit, and the time that it
    /// takes is that of reading both texts.
    package func isEqualInValue(to other: JSONNumber) -> Bool {
        text.utf8.elementsEqual(other.text.utf8) || DecimalNumber(self) == DecimalNumber(other)
    }
}

/// A number as its significant digits and the power of ten of the last of them.
private struct DecimalNumber: Equatable {
    private let isNegative: Bool
    /// Without zeros at either end; none for zero.
    private let digits: ArraySlice<UInt8>
    private let exponent: String

    init(_ number: JSONNumber) {
        let literal = number.text.utf8
        let mantissa = literal.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let point = mantissa.firstIndex(of: UInt8(ascii: "."))
        let fraction = point.map { mantissa[$0...].count - 1 } ?? 0
        let all = mantissa.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let withoutEnd = all[..<(all.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 } ?? 0)]
        digits = withoutEnd.drop { $0 == UInt8(ascii: "0") }
        isNegative = !digits.isEmpty && mantissa.first == UInt8(ascii: "-")
        let shift = all.count - withoutEnd.count - fraction
        let written = literal[mantissa.endIndex...].dropFirst()
        exponent = digits.isEmpty ? "" : Self.sum(of: written, and: shift)
    }

    /// Adds to an exponent of any length, `+007` for example; the result is written in one way only.
    private static func sum(of exponent: Substring.UTF8View, and shift: Int) -> String {
        let isNegative = exponent.first == UInt8(ascii: "-")
        let magnitude = exponent.drop { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
        guard magnitude.count > 17 else {
            let value = Int(Substring(magnitude)) ?? 0
            return String((isNegative ? -value : value) + shift)
        }
        // No text in memory is long enough for a shift that would change the sign.
        var digits = magnitude.map { Int($0) - 0x30 }
        var carry = isNegative ? -shift : shift
        for place in digits.indices.reversed() where carry != 0 {
            let sum = digits[place] + carry
            let digit = (sum % 10 + 10) % 10
            (digits[place], carry) = (digit, (sum - digit) / 10)
        }
        let text = (carry == 0 ? "" : String(carry)) + digits.map { String($0) }.joined()
        return (isNegative ? "-" : "") + text.drop { $0 == "0" }
    }
}
