import ConfigModel
import ConfigWatcher
import Configuration

extension ConfigContent {
    /// The value as one of the types of swift-configuration; nil when it is of another one or does not fit.
    init?(_ value: JSONValue, as type: ConfigType, _ reading: ConfigReading) {
        let values = ValueReader(reading: reading)
        let content: ConfigContent? =
            switch type {
            case .string: values.string(value).map(ConfigContent.string)
            case .int: values.integer(value).map(ConfigContent.int)
            case .double: values.double(value).map(ConfigContent.double)
            case .bool: values.bool(value).map(ConfigContent.bool)
            case .bytes: values.bytes(value).map(ConfigContent.bytes)
            case .stringArray: values.elements(value, values.string).map(ConfigContent.stringArray)
            case .intArray: values.elements(value, values.integer).map(ConfigContent.intArray)
            case .doubleArray: values.elements(value, values.double).map(ConfigContent.doubleArray)
            case .boolArray: values.elements(value, values.bool).map(ConfigContent.boolArray)
            case .byteChunkArray: values.elements(value, values.bytes).map(ConfigContent.byteChunkArray)
            }
        guard let content else { return nil }
        self = content
    }
}

/// Reads single values.
private struct ValueReader {
    let reading: ConfigReading

    func string(_ value: JSONValue) -> String? {
        reading.isLenient ? String(lenient: value) : String(configuration: value)
    }

    func bool(_ value: JSONValue) -> Bool? { reading.isLenient ? Bool(lenient: value) : Bool(configuration: value) }

    func double(_ value: JSONValue) -> Double? {
        reading.isLenient ? Double(lenient: value) : Double(configuration: value)
    }

    /// A number with an integral value that fits, however it is written.
    func integer(_ value: JSONValue) -> Int? {
        guard case .number(let number) = reading.isLenient ? value.readAsNumber : value else { return nil }
        return number.integer
    }

    func bytes(_ value: JSONValue) -> [UInt8]? { string(value).flatMap(reading.bytesDecoder.decode) }

    /// The elements of an array that are all of one type; the array without elements is of every type.
    func elements<Element>(_ value: JSONValue, _ convert: (JSONValue) -> Element?) -> [Element]? {
        let values: [JSONValue]
        switch value {
        case .array(let elements): values = elements
        case .string(let text) where reading.isLenient: values = text.elementsBetweenCommas
        default: return nil
        }
        let elements = values.map(convert)
        return elements.contains { $0 == nil } ? nil : elements.compactMap { $0 }
    }
}

extension JSONNumber {
    /// The number when it is whole and fits: `3`, `3.0` and `3e0` are the same.
    fileprivate var integer: Int? {
        if let small = int64 { return Int(exactly: small) }
        let decimal = DecimalNumber(self)
        guard !decimal.digits.isEmpty else { return 0 }
        // No `Int` has more than 19 digits.
        guard decimal.power >= 0, decimal.power <= 19 else { return nil }
        let digits = String(decoding: decimal.digits, as: UTF8.self) + String(repeating: "0", count: decimal.power)
        return Int(decimal.isNegative ? "-" + digits : digits)
    }
}
