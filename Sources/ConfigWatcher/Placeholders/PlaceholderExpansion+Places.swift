import ConfigModel

extension PlaceholderExpansion {
    /// True when the text of a document has a placeholder somewhere, or what looks like one.
    static func mayHavePlaceholders(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            rest = rest[(dollar + 1)...]
            if rest.first == UInt8(ascii: "{") { return true }
        }
        return false
    }

    /// The places of the strings in which something would be replaced.
    static func places(in object: JSONObject) -> [JSONPointer] { places(in: .object(object), at: JSONPointer()) }

    private static func places(in value: JSONValue, at pointer: JSONPointer) -> [JSONPointer] {
        switch value {
        case .string(let text): hasPlaceholder(text) ? [pointer] : []
        case .object(let object): object.flatMap { places(in: $0.value, at: pointer.appending($0.key)) }
        case .array(let elements):
            elements.enumerated().flatMap { places(in: $1, at: pointer.appending(String($0))) }
        case .null, .bool, .number: []
        }
    }

    private static func hasPlaceholder(_ text: String) -> Bool {
        guard let parts = try? PlaceholderText(text)?.parts else { return false }
        return parts.contains { if case .placeholder = $0 { true } else { false } }
    }
}
