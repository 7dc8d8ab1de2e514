/// A number as its significant digits and the power of ten of the last of them.
package struct DecimalNumber: Equatable, Sendable {
    /// True below zero.
    package let isNegative: Bool
    /// ASCII digits without zeros at either end; none for zero.
    package let digits: ArraySlice<UInt8>
    /// Written in one way only; empty for zero.
    private let exponent: String

    /// Reads a literal.
    package init(_ number: JSONNumber) {
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

    /// The power of ten of the last digit. One that is too large to be counted is cut to a power that no number of this
    /// program has otherwise.
    package var power: Int {
        guard !exponent.isEmpty else { return 0 }
        let limit = 1 << 60
        guard let power = Int(exponent) else { return exponent.utf8.first == UInt8(ascii: "-") ? -limit : limit }
        return min(max(power, -limit), limit)
    }

    /// Digits and exponent, and nothing that could be left out.
    var normalForm: JSONNumber {
        guard !digits.isEmpty else { return JSONNumber(literal: "0") }
        let mantissa = (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
        return JSONNumber(literal: exponent == "0" ? mantissa : mantissa + "e" + exponent)
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

extension DecimalNumber: Comparable {
    /// Compares by value. Numbers beyond ten to the power of 2^60 are all of one size.
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        guard left.sign == right.sign else { return left.sign < right.sign }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Compares without signs.
    private func isSmaller(than other: DecimalNumber) -> Bool {
        let (size, otherSize) = (power + digits.count, other.power + other.digits.count)
        return size == otherSize ? digits.lexicographicallyPrecedes(other.digits) : size < otherSize
    }
}
