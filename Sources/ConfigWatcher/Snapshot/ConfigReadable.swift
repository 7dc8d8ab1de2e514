public import ConfigModel

/// A type that can be read from a place in a document.
public protocol ConfigReadable: Sendable {
    /// Converts without losing anything; nil when the value is of another type or does not fit.
    init?(configuration value: JSONValue)

    /// Also takes the text forms that values have in environment variables: `yes` for a `Bool`, `5432` in quotes for a
    /// number. Nothing is rounded. A type that does not say so is read strictly.
    init?(lenient value: JSONValue)
}

extension ConfigReadable {
    /// As strictly as always.
    public init?(lenient value: JSONValue) { self.init(configuration: value) }
}

extension String: ConfigReadable {
    /// A JSON string.
    public init?(configuration value: JSONValue) {
        guard case .string(let text) = value else { return nil }
        self = text
    }

    /// A string, or the text of a number or a boolean as it was written.
    public init?(lenient value: JSONValue) {
        switch value {
        case .string(let text): self = text
        case .number(let number): self = number.text
        case .bool(let flag): self = flag ? "true" : "false"
        case .null, .array, .object: return nil
        }
    }
}

extension Bool: ConfigReadable {
    /// `true` or `false`.
    public init?(configuration value: JSONValue) {
        guard case .bool(let flag) = value else { return nil }
        self = flag
    }

    /// `true`, `1`, `yes` and `on`, or `false`, `0`, `no` and `off`, in any case.
    public init?(lenient value: JSONValue) {
        switch value {
        case .bool(let flag): self = flag
        case .number(let number): self.init(word: number.text)
        case .string(let text): self.init(word: text)
        case .null, .array, .object: return nil
        }
    }

    private init?(word: String) {
        // No word is longer; a text of megabytes is not copied.
        guard word.utf8.count <= 5 else { return nil }
        switch word.lowercased() {
        case "true", "1", "yes", "on": self = true
        case "false", "0", "no", "off": self = false
        default: return nil
        }
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

extension Duration: ConfigReadable {
    /// A string of a whole number and a unit: `500ms`, `30s`, `5m`, `2h`, `1d`.
    public init?(configuration value: JSONValue) {
        guard case .string(let text) = value else { return nil }
        self.init(parsing: text)
    }
}
