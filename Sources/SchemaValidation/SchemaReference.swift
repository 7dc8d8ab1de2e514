import ConfigModel

/// A `$ref`: only to a part of the same schema, `#` or `#/...`.
struct SchemaReference {
    /// What is referred to.
    let target: JSONPointer

    init(_ value: JSONValue, at place: JSONPointer) throws(SchemaError) {
        guard case .string(let text) = value, text.utf8.first == UInt8(ascii: "#"),
            let fragment = Self.percentDecoded(text.utf8.dropFirst()), let target = try? JSONPointer(parsing: fragment)
        else {
            throw SchemaError(
                pointer: place.description,
                reason: "$ref must be \"#\" or start with \"#/\": only parts of the same schema can be referred to.")
        }
        self.target = target
    }

    private static func percentDecoded(_ bytes: Substring.UTF8View) -> String? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = iterator.next(), let low = iterator.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            decoded.append(value)
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
