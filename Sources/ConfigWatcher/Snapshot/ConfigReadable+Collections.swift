public import ConfigModel

extension Array: ConfigReadable where Element: ConfigReadable {
    /// A JSON array whose elements are all of the type.
    public init?(configuration value: JSONValue) {
        guard case .array(let elements) = value else { return nil }
        self.init(elements) { Element(configuration: $0) }
    }

    /// The same with lenient elements; or a string of elements with commas between them, without the white space around
    /// them. The empty string is the empty array.
    public init?(lenient value: JSONValue) {
        switch value {
        case .array(let elements): self.init(elements) { Element(lenient: $0) }
        case .string(let text): self.init(text.elementsBetweenCommas) { Element(lenient: $0) }
        case .null, .bool, .number, .object: return nil
        }
    }

    private init?(_ elements: [JSONValue], _ convert: (JSONValue) -> Element?) {
        self = []
        reserveCapacity(elements.count)
        for element in elements {
            guard let element = convert(element) else { return nil }
            append(element)
        }
    }
}

extension Dictionary: ConfigReadable where Key == String, Value: ConfigReadable {
    /// A JSON object whose values are all of the type.
    public init?(configuration value: JSONValue) { self.init(value) { Value(configuration: $0) } }

    /// The same with lenient values.
    public init?(lenient value: JSONValue) { self.init(value) { Value(lenient: $0) } }

    private init?(_ value: JSONValue, _ convert: (JSONValue) -> Value?) {
        guard case .object(let object) = value else { return nil }
        self = [:]
        reserveCapacity(object.count)
        for (key, value) in object {
            // Two names that differ in their bytes only are one for Swift: a dictionary would lose one of them.
            guard let value = convert(value), updateValue(value, forKey: key) == nil else { return nil }
        }
    }
}

extension String {
    /// As environment variables hold lists: `a, b` is `a` and `b`.
    package var elementsBetweenCommas: [JSONValue] {
        guard !utf8.isEmpty else { return [] }
        return utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { part in
            let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
            var part = part.drop(while: isSpace)
            while let last = part.last, isSpace(last) { part.removeLast() }
            return .string(String(Substring(part)))
        }
    }
}
