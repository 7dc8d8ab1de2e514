extension JSONValue {
    /// The canonical form: keys sorted by their UTF-8 bytes, no white space, numbers as they were written, only what must
    /// be escaped escaped.
    public var canonicalBytes: [UInt8] {
        var output: [UInt8] = []
        appendCanonical(to: &output)
        return output
    }

    /// Appends the canonical form.
    package func appendCanonical(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: value ? "true".utf8 : "false".utf8)
        case .number(let number): output.append(contentsOf: number.text.utf8)
        case .string(let text): JSONText.append(text, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.appendCanonical(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object): object.appendCanonical(to: &output)
        }
    }

    /// Reads one JSON value that fills the input.
    ///
    /// - Throws: `JSONError`, whose description names line, column and pointer.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        self = try JSONReader.read(bytes, limits: limits)
    }

    /// Reads one JSON value that fills the text.
    ///
    /// - Throws: `JSONError`, whose description names line, column and pointer.
    public init(parsing text: String, limits: JSONLimits = .default) throws(JSONError) {
        self = try JSONReader.read(Array(text.utf8), limits: limits)
    }
}

extension JSONObject {
    /// The canonical form.
    public var canonicalBytes: [UInt8] {
        var output: [UInt8] = []
        appendCanonical(to: &output)
        return output
    }

    /// Appends the canonical form.
    package func appendCanonical(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            JSONText.append(member.key, to: &output)
            output.append(UInt8(ascii: ":"))
            member.value.appendCanonical(to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }
}
