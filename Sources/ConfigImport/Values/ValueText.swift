import ConfigModel

/// Texts of systems that keep nothing but text.
enum ValueText {
    /// The value that a text is when it is JSON; otherwise the text.
    ///
    /// - Returns: nil for what is no UTF-8.
    static func json(_ bytes: [UInt8]) -> JSONValue? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return (try? JSONValue(parsing: bytes)) ?? .string(text)
    }

    /// The number or the truth value that a text is; otherwise the text.
    static func scalar(_ text: String) -> JSONValue {
        switch try? JSONValue(parsing: Array(text.utf8)) {
        case .number(let number)? where number.text.utf8.elementsEqual(text.utf8): .number(number)
        case .bool(let flag)? where text == "true" || text == "false": .bool(flag)
        default: .string(text)
        }
    }
}
