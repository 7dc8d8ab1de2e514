/// Why some bytes are not the JSON that is expected, and where.
public struct JSONError: Error, Sendable, Equatable {
    /// What is wrong.
    public enum Reason: Sendable, Equatable {
        /// The input is longer than so many bytes.
        case tooLong(limit: Int)
        /// Nesting is deeper than so many levels.
        case tooDeep(limit: Int)
        /// A byte order mark starts the input.
        case byteOrderMark
        /// The bytes are not UTF-8.
        case invalidUTF8
        /// The input ends in the middle of a value.
        case unexpectedEnd
        /// Something else was expected here.
        case expected(String)
        /// The number breaks the grammar.
        case invalidNumber
        /// A control character stands unescaped in a string.
        case controlCharacter
        /// An escape sequence that does not exist.
        case invalidEscape
        /// `\uD800`...`\uDFFF` without its other half.
        case loneSurrogate
        /// A key occurs twice in one object.
        case duplicateKey(String)
        /// Bytes follow after the value.
        case trailingBytes
    }

    /// What is wrong.
    public let reason: Reason
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    /// The value that is concerned: a JSON pointer (RFC 6901), empty for the whole input.
    public let pointer: String
    /// Position in bytes from the start of the input.
    public let offset: Int
}

extension JSONError: CustomStringConvertible {
    /// One sentence with line, column and pointer.
    public var description: String {
        let place = pointer.isEmpty ? "" : " (at \(pointer))"
        return "Line \(line), column \(column)\(place): \(reason)."
    }
}

extension JSONError.Reason: CustomStringConvertible {
    /// What is wrong, without the place and without a full stop.
    public var description: String {
        switch self {
        case .tooLong(let limit): "the JSON is longer than \(limit) bytes"
        case .tooDeep(let limit): "the JSON is nested deeper than \(limit) levels"
        case .byteOrderMark: "the JSON starts with a byte order mark; save it as UTF-8 without one"
        case .invalidUTF8: "this is not valid UTF-8"
        case .unexpectedEnd: "the JSON ends before it is complete"
        case .expected(let what): "expected \(what)"
        case .invalidNumber: "this is not a JSON number"
        case .controlCharacter: "a control character in a string must be escaped"
        case .invalidEscape: "this escape sequence does not exist in JSON"
        case .loneSurrogate: "this \\u escape is half of a surrogate pair; the other half is missing"
        case .duplicateKey(let key): "the key \(JSONValue.string(key)) occurs twice in the same object"
        case .trailingBytes: "nothing but white space may follow the JSON value"
        }
    }
}
