/// A JSON number as it was written: `1`, `1.0`, `1e0` and `18446744073709551617` all stay what they are.
public struct JSONNumber: Sendable, Hashable {
    /// The literal, which follows the grammar of RFC 8259.
    public let text: String

    /// Takes a literal that is known to follow the grammar.
    package init(literal text: String) { self.text = text }

    /// Takes an integer.
    public init(_ value: some BinaryInteger) { text = String(value) }

    /// Takes a number; nil for infinities and NaN, which JSON cannot say.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// The number as an integer, when it was written as one (no fraction, no exponent) and fits.
    public var int64: Int64? { Int64(text) }

    /// The nearest double; nil when the number is larger than every double.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
