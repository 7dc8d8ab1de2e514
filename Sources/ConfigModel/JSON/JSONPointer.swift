/// A JSON pointer (RFC 6901): the way from a value to one of the values inside it.
package struct JSONPointer: Sendable, Hashable {
    /// Unescaped reference tokens; none means the whole value.
    package var tokens: [String]

    /// A pointer of reference tokens, which are not escaped.
    package init(tokens: [String] = []) { self.tokens = tokens }

    /// Reads the text form.
    package init(parsing text: String) throws(InvalidJSONPointer) {
        guard !text.utf8.isEmpty else {
            self.init()
            return
        }
        var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        guard parts.popFirst()?.isEmpty == true else { throw InvalidJSONPointer(text: text) }
        var tokens: [String] = []
        for part in parts {
            guard let token = Self.unescape(part) else { throw InvalidJSONPointer(text: text) }
            tokens.append(token)
        }
        self.init(tokens: tokens)
    }

    /// The pointer to a member or element of what this one points to.
    package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }

    private static func unescape(_ part: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var iterator = part.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch iterator.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The text form: `~` written as `~0` and `/` as `~1`.
    package var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
                case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A text that is not a JSON pointer.
package struct InvalidJSONPointer: Error, Equatable, CustomStringConvertible {
    /// The text that is no pointer.
    package let text: String

    package var description: String {
        "\(JSONValue.string(text)) is not a JSON pointer: it must be empty or start with '/', and '~' must be '~0' or '~1'."
    }
}
