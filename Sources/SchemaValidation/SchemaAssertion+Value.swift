import ConfigModel

/// Checks that look at one value and need no other schema.
extension SchemaAssertion {
    /// Whether a value is right; nil for all other checks.
    func accepts(_ value: JSONValue) -> Bool? {
        switch (self, value) {
        case (.never, _): false
        case (.types(let types), _): types.contains(typeOf: value)
        case (.values(let values, _), _): values.contains(value.normalized)
        case (.bound(let bound, .atLeast), .number(let number)): bound.order(of: number) >= 0
        case (.bound(let bound, .above), .number(let number)): bound.order(of: number) > 0
        case (.bound(let bound, .atMost), .number(let number)): bound.order(of: number) <= 0
        case (.bound(let bound, .below), .number(let number)): bound.order(of: number) < 0
        case (.multiple(let divisor), .number(let number)): divisor.divides(number)
        case (.size(let count, let isMost, let unit), _):
            value.count(of: unit).map { isMost ? $0 <= count : $0 >= count } ?? true
        case (.pattern(let pattern, _), .string(let text)): pattern.isFound(text)
        case (.format(let format), .string(let text)): format.matches(text)
        case (.unique, .array(let elements)): Set(elements.lazy.map(\.normalized)).count == elements.count
        case (.bound, _), (.multiple, _), (.pattern, _), (.format, _), (.unique, _): true
        default: nil
        }
    }

    /// Why a value is not right, without the value.
    func message(about value: JSONValue) -> String {
        switch self {
        case .types(let types):
            if case .number = value, types.contains(.integer) {
                "This must be \(types.described), not a number with a fraction."
            } else {
                "This must be \(types.described), not \(value.kind)."
            }
        case .values(_, let described): "This must be \(described)."
        case .bound(let number, let bound): "This must be \(bound.rawValue) \(number.text)."
        case .multiple(let divisor): "This must be a multiple of \(divisor.text)."
        case .size(let count, let isMost, let unit):
            "This must have at \(isMost ? "most" : "least") \(count) \(unit), not \(value.count(of: unit) ?? 0)."
        case .pattern(_, let text): "This must match the pattern \(text)."
        case .format(let format): "This must be \(format.described)."
        case .unique: "The elements must differ from each other, and two of them are equal."
        case .never(let message): message
        default: ""
        }
    }

    /// What it costs to look at a value, compared with applying a schema.
    func cost(of value: JSONValue) -> Int {
        switch (self, value) {
        case (.values, _), (.unique, _): value.weight
        case (_, .string(let text)): text.utf8.count / JSONValue.bytesPerWeight
        case (_, .number(let number)): number.text.utf8.count / JSONValue.bytesPerWeight
        default: 0
        }
    }
}

extension JSONValue {
    static var bytesPerWeight: Int { 64 }

    /// How many values are in it, long texts counted as several.
    fileprivate var weight: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.weight }
        case .object(let object): object.members.reduce(1) { $0 + 1 + $1.value.weight }
        case .string(let text): 1 + text.utf8.count / Self.bytesPerWeight
        case .number(let number): 1 + number.text.utf8.count / Self.bytesPerWeight
        default: 1
        }
    }

    /// How many there are; nil for a value that has no such.
    func count(of unit: SchemaAssertion.Unit) -> Int? {
        switch (self, unit) {
        case (.string(let text), .characters): text.unicodeScalars.count
        case (.array(let elements), .elements): elements.count
        case (.object(let object), .members): object.count
        default: nil
        }
    }
}
