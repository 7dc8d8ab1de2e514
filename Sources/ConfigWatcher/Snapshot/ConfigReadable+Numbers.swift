public import ConfigModel

extension ConfigReadable where Self: FixedWidthInteger {
    /// A number that is written as an integer and fits.
    public init?(configuration value: JSONValue) {
        guard case .number(let number) = value else { return nil }
        self.init(number.text, radix: 10)
    }

    /// The same, also when it is written as a string.
    public init?(lenient value: JSONValue) { self.init(configuration: value.readAsNumber) }
}

extension Int: ConfigReadable {}
extension Int8: ConfigReadable {}
extension Int16: ConfigReadable {}
extension Int32: ConfigReadable {}
extension Int64: ConfigReadable {}
extension UInt: ConfigReadable {}
extension UInt8: ConfigReadable {}
extension UInt16: ConfigReadable {}
extension UInt32: ConfigReadable {}
extension UInt64: ConfigReadable {}

extension Double: ConfigReadable {
    /// Any number that is not larger than every double; the nearest double to what is written.
    public init?(configuration value: JSONValue) {
        guard case .number(let number) = value, let nearest = number.double else { return nil }
        self = nearest
    }

    /// The same, also when it is written as a string.
    public init?(lenient value: JSONValue) { self.init(configuration: value.readAsNumber) }
}

extension Float: ConfigReadable {
    /// Any number that is not larger than every float; the nearest float to what is written.
    public init?(configuration value: JSONValue) {
        guard case .number(let number) = value, let nearest = Float(number.text), nearest.isFinite else { return nil }
        self = nearest
    }

    /// The same, also when it is written as a string.
    public init?(lenient value: JSONValue) { self.init(configuration: value.readAsNumber) }
}

extension JSONValue {
    /// The number that a string is the text of, exactly as JSON writes it; everything else stays what it is.
    package var readAsNumber: JSONValue {
        guard case .string(let text) = self, let first = text.utf8.first,
            first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            case .number(let number)? = try? JSONValue(parsing: text), UTF8Order.areEqual(number.text, text)
        else { return self }
        return .number(number)
    }
}
