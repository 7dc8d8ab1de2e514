public import ConfigModel

/// A type that can be read from a place in a document.
public protocol ConfigReadable: Sendable {
    /// Converts without losing anything; nil when the value is of another type or does not fit.
    init?(configuration value: JSONValue)
}

extension String: ConfigReadable {
    /// A JSON string.
    public init?(configuration value: JSONValue) {
        guard case .string(let text) = value else { return nil }
        self = text
    }
}

extension Bool: ConfigReadable {
    /// `true` or `false`.
    public init?(configuration value: JSONValue) {
        guard case .bool(let flag) = value else { return nil }
        self = flag
    }
}

extension Int: ConfigReadable {
    /// A number that is written as an integer and fits.
    public init?(configuration value: JSONValue) {
        guard case .number(let number) = value, let integer = number.int64, let fitting = Int(exactly: integer) else {
            return nil
        }
        self = fitting
    }
}

extension Int64: ConfigReadable {
    /// A number that is written as an integer and fits.
    public init?(configuration value: JSONValue) {
        guard case .number(let number) = value, let integer = number.int64 else { return nil }
        self = integer
    }
}

extension Double: ConfigReadable {
    /// Any number that is not larger than every double; the nearest double to what is written.
    public init?(configuration value: JSONValue) {
        guard case .number(let number) = value, let nearest = number.double else { return nil }
        self = nearest
    }
}

extension JSONValue: ConfigReadable {
    /// Any value.
    public init?(configuration value: JSONValue) { self = value }
}

extension JSONObject: ConfigReadable {
    /// A JSON object.
    public init?(configuration value: JSONValue) {
        guard case .object(let object) = value else { return nil }
        self = object
    }
}

extension Array: ConfigReadable where Element: ConfigReadable {
    /// A JSON array whose elements are all of the type.
    public init?(configuration value: JSONValue) {
        guard case .array(let elements) = value else { return nil }
        var converted: [Element] = []
        for element in elements {
            guard let element = Element(configuration: element) else { return nil }
            converted.append(element)
        }
        self = converted
    }
}
