/// JSON inside of a format that is made of lines.
package enum LineSafeJSON {
    /// The same value with every character escaped that some reader takes for the end of a line: U+0085, U+2028 and U+2029,
    /// which RFC 8259 lets stand in a string as they are. The other line ends have to be escaped anyway.
    ///
    /// - Parameter json: valid JSON, in which these characters can stand in strings only.
    package static func bytes(_ json: [UInt8]) -> [UInt8] {
        guard let first = json.indices.first(where: { escape(in: json, at: $0) != nil }) else { return json }
        var safe = Array(json[..<first])
        safe.reserveCapacity(json.count + 64)
        var index = first
        while index < json.count {
            if let (text, length) = escape(in: json, at: index) {
                safe.append(contentsOf: text.utf8)
                index += length
            } else {
                safe.append(json[index])
                index += 1
            }
        }
        return safe
    }

    /// The escape of the character that begins at an index, and how many bytes the character has.
    private static func escape(in json: [UInt8], at index: Int) -> (text: String, length: Int)? {
        switch json[index] {
        case 0xc2:
            guard index + 1 < json.count, json[index + 1] == 0x85 else { return nil }
            return ("\\u0085", 2)
        case 0xe2:
            guard index + 2 < json.count, json[index + 1] == 0x80 else { return nil }
            switch json[index + 2] {
            case 0xa8: return ("\\u2028", 3)
            case 0xa9: return ("\\u2029", 3)
            default: return nil
            }
        default: return nil
        }
    }
}
