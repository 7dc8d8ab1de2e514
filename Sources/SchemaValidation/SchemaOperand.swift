import ConfigModel

/// What a keyword that holds no schema may be given.
enum SchemaOperand {
    case anything, list, number, positiveNumber, count, flag, text, texts, types

    init?(keyword: String) {
        switch keyword {
        case "const": self = .anything
        case "enum": self = .list
        case "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum": self = .number
        case "multipleOf": self = .positiveNumber
        case "maxItems", "minItems", "maxLength", "minLength", "maxProperties", "minProperties": self = .count
        case "uniqueItems": self = .flag
        case "pattern", "format": self = .text
        case "required": self = .texts
        case "type": self = .types
        default: return nil
        }
    }

    /// True when valijson's own version of the keyword is not good enough (the C header says why).
    var isOurs: Bool {
        switch self {
        case .positiveNumber, .flag, .text, .types: true
        default: false
        }
    }

    /// What the keyword wants, when the value is something else.
    func complaint(about value: JSONValue) -> String? { accepts(value) ? nil : rule }

    private func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.anything, _), (.flag, .bool), (.text, .string): true
        case (.list, .array(let elements)): !elements.isEmpty
        case (.number, .number(let number)): number.double != nil
        case (.positiveNumber, .number(let number)): (number.double ?? 0) > 0
        case (.count, .number(let number)): Self.isCount(number)
        case (.texts, .array(let elements)): elements.allSatisfy(Self.isText)
        case (.types, .array(let elements)): !elements.isEmpty && elements.allSatisfy(Self.isType)
        case (.types, _): Self.isType(value)
        default: false
        }
    }

    private var rule: String {
        switch self {
        case .anything: "any value"
        case .list: "an array of at least one value"
        case .number: "a number that a double can hold"
        case .positiveNumber: "a number above zero"
        case .count: "a whole number from 0"
        case .flag: "true or false"
        case .text: "a string"
        case .texts: "an array of strings"
        case .types: "one or several of \(Self.typeNames.joined(separator: ", "))"
        }
    }

    private static let typeNames = ["array", "boolean", "integer", "null", "number", "object", "string"]

    private static func isCount(_ number: JSONNumber) -> Bool {
        guard let value = number.double else { return false }
        return value >= 0 && value <= 9_007_199_254_740_992 && value.rounded() == value
    }

    private static func isText(_ value: JSONValue) -> Bool {
        if case .string = value { true } else { false }
    }

    private static func isType(_ value: JSONValue) -> Bool {
        if case .string(let name) = value { typeNames.contains(name) } else { false }
    }
}
