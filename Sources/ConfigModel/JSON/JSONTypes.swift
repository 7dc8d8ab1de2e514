/// A set of JSON types.
package struct JSONTypes: OptionSet, Sendable {
    /// A bit for each type.
    package let rawValue: Int

    /// Whole numbers, however they are written.
    package static let integer = JSONTypes(rawValue: 1)

    /// With the words of sentences.
    private static let names = [
        ("integer", "an integer"), ("number", "a number"), ("null", "null"), ("boolean", "a boolean"),
        ("string", "a string"), ("array", "an array"), ("object", "an object"),
    ]

    /// The types of these bits.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// The type that JSON Schema calls so.
    package init?(_ name: String) {
        guard let place = Self.names.firstIndex(where: { $0.0 == name }) else { return nil }
        self.init(rawValue: 1 << place)
    }

    /// True when the value is of one of these types.
    package func contains(typeOf value: JSONValue) -> Bool {
        switch value {
        case .number(let number): rawValue & 2 != 0 || contains(.integer) && number.isInteger
        case .null: rawValue & 4 != 0
        case .bool: rawValue & 8 != 0
        case .string: rawValue & 16 != 0
        case .array: rawValue & 32 != 0
        case .object: rawValue & 64 != 0
        }
    }

    /// For example `an integer or null`.
    package var described: String {
        Self.names.indices.filter { rawValue & 1 << $0 != 0 }.map { Self.names[$0].1 }.joined(separator: " or ")
    }
}
