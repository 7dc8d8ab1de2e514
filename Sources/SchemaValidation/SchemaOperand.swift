import ConfigModel

/// The value of a keyword, and where it stands.
struct SchemaOperand {
    let value: JSONValue
    let place: String

    /// What the keyword asks of a value alone; nil when it asks nothing.
    func check(_ keyword: String) throws(SchemaError) -> SchemaAssertion? {
        switch keyword {
        case "type": return .types(try types())
        case "const": return Self.values([value])
        case "enum":
            guard case .array(let values) = value else { throw failure("an array") }
            return Self.values(values)
        case "minimum": return .bound(try number(), .atLeast)
        case "exclusiveMinimum": return .bound(try number(), .above)
        case "maximum": return .bound(try number(), .atMost)
        case "exclusiveMaximum": return .bound(try number(), .below)
        case "multipleOf":
            let number = try number()
            guard number.isDivisor else { throw failure("a number above zero with at most 37 digits") }
            return .multiple(number)
        case "minLength": return .size(try count(), isMost: false, .characters)
        case "maxLength": return .size(try count(), isMost: true, .characters)
        case "minItems": return .size(try count(), isMost: false, .elements)
        case "maxItems": return .size(try count(), isMost: true, .elements)
        case "minProperties": return .size(try count(), isMost: false, .members)
        case "maxProperties": return .size(try count(), isMost: true, .members)
        case "uniqueItems":
            guard case .bool(let isUnique) = value else { throw failure("true or false") }
            return isUnique ? .unique : nil
        case "required": return .required(try texts())
        default: return nil
        }
    }

    func failure(_ what: String) -> SchemaError { SchemaError(pointer: place, reason: "this must be \(what).") }

    func text() throws(SchemaError) -> String {
        guard case .string(let text) = value else { throw failure("a string") }
        return text
    }

    func texts() throws(SchemaError) -> [String] {
        guard case .array(let elements) = value else { throw failure("an array of strings") }
        return try elements.map { (element) throws(SchemaError) in
            guard case .string(let text) = element else { throw failure("an array of strings") }
            return text
        }
    }

    func count() throws(SchemaError) -> Int {
        guard case .number(let literal) = value, let count = ExactNumber(literal)?.count else {
            throw failure("a whole number, zero or above")
        }
        return count
    }

    private func number() throws(SchemaError) -> ExactNumber {
        guard case .number(let literal) = value, let number = ExactNumber(literal) else {
            throw failure("a number with an exponent below 10^18")
        }
        return number
    }

    private func types() throws(SchemaError) -> JSONTypes {
        let elements = if case .array(let elements) = value { elements } else { [value] }
        let types = elements.compactMap { (element) -> JSONTypes? in
            if case .string(let name) = element { JSONTypes(name) } else { nil }
        }
        guard types.count == elements.count, !types.isEmpty else {
            throw failure(
                "null, boolean, integer, number, string, array or object, in quotes, or an array of these names")
        }
        return types.reduce(JSONTypes()) { $0.union($1) }
    }

    private static func values(_ values: [JSONValue]) -> SchemaAssertion {
        let list = (values.count > 1 ? "one of " : "") + values.prefix(10).map(\.description).joined(separator: ", ")
        let isShort = values.count <= 10 && list.utf8.count <= 200
        return .values(
            Set(values.map(\.normalized)),
            described: isShort ? list : "one of the \(values.count) values that are allowed")
    }
}
