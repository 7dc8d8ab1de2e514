/// A number that others are compared with exactly, again and again: no doubles, whatever the size.
package struct ExactNumber: Sendable {
    /// As it was written.
    package let text: String
    private let small: Int64?
    private let decimal: DecimalNumber
    /// The digits as one number, for division; zero when there are too many.
    private let digits: UInt128

    /// Nil when it is larger or smaller than all that can be distinguished.
    package init?(_ number: JSONNumber) {
        decimal = DecimalNumber(number)
        guard abs(decimal.power) < 1 << 60 else { return nil }
        text = number.text
        small = number.int64
        digits = decimal.digits.count > 37 ? 0 : decimal.digits.reduce(0) { $0 * 10 + UInt128($1 - 0x30) }
    }

    /// The number when it is whole and not below zero; the largest `Int` for all above it.
    package var count: Int? {
        guard !decimal.isNegative, decimal.power >= 0 else { return nil }
        if decimal.power + decimal.digits.count > 18 { return Int.max }
        return Int((0..<decimal.power).reduce(digits) { digits, _ in digits * 10 })
    }

    /// Below zero, zero or above zero as a number is below this one, the same or above it.
    package func order(of number: JSONNumber) -> Int {
        if let small, let other = number.int64 { return other == small ? 0 : other < small ? -1 : 1 }
        let other = DecimalNumber(number)
        return other < decimal ? -1 : decimal < other ? 1 : 0
    }

    /// True when numbers can be divided by it: it is above zero and has at most 37 digits.
    package var isDivisor: Bool { digits > 0 && !decimal.isNegative }

    /// True for a multiple of this one. Both are digits with a power of ten: what of this one's factors two and five the
    /// difference of the powers does not bring, and all others, must be in the other's digits.
    package func divides(_ number: JSONNumber) -> Bool {
        if let small, let other = number.int64 { return other % small == 0 }
        let other = DecimalNumber(number)
        guard !other.digits.isEmpty else { return true }
        let powers = other.power - decimal.power
        guard powers >= 0 else { return false }
        var divisor = digits
        for factor in [2, 5] as [UInt128] {
            var left = powers
            while left > 0, divisor.isMultiple(of: factor) {
                divisor /= factor
                left -= 1
            }
        }
        return other.digits.reduce(0 as UInt128) { ($0 * 10 + UInt128($1 - 0x30)) % divisor } == 0
    }
}

extension JSONNumber {
    /// True for a whole number, however it is written: `1`, `1.0`, `1e400`.
    package var isInteger: Bool { int64 != nil || DecimalNumber(self).power >= 0 }
}
