/// Reading an object whose fields are known.
///
/// The plain readers want the field, the `optional` ones take its absence (or null) for nil; each throws a sentence that
/// names the field when its value has another type.
extension JSONObject {
    /// A text that must be there.
    package func string(_ key: String) throws(JSONFieldError) -> String {
        try required(key, "a string", optionalString(key))
    }

    /// A text; nil when there is none or null.
    package func optionalString(_ key: String) throws(JSONFieldError) -> String? {
        try optional(key, "a string") { if case .string(let text) = $0 { text } else { nil } }
    }

    /// A number that is written as an integer and fits into 64 bits.
    package func int64(_ key: String) throws(JSONFieldError) -> Int64 {
        try required(key, "an integer", optionalInt64(key))
    }

    /// An integer; nil when there is none or null.
    package func optionalInt64(_ key: String) throws(JSONFieldError) -> Int64? {
        try optional(key, "an integer") { if case .number(let number) = $0 { number.int64 } else { nil } }
    }

    /// A number that must be there.
    package func double(_ key: String) throws(JSONFieldError) -> Double {
        try required(key, "a number", optionalDouble(key))
    }

    /// A number; nil when there is none or null.
    package func optionalDouble(_ key: String) throws(JSONFieldError) -> Double? {
        try optional(key, "a number") { if case .number(let number) = $0 { number.double } else { nil } }
    }

    /// A boolean that must be there.
    package func bool(_ key: String) throws(JSONFieldError) -> Bool {
        try required(key, "a boolean", optionalBool(key))
    }

    /// A boolean; nil when there is none or null.
    package func optionalBool(_ key: String) throws(JSONFieldError) -> Bool? {
        try optional(key, "a boolean") { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    /// An object that must be there.
    package func object(_ key: String) throws(JSONFieldError) -> JSONObject {
        try required(key, "an object", optionalObject(key))
    }

    /// An object; nil when there is none or null.
    package func optionalObject(_ key: String) throws(JSONFieldError) -> JSONObject? {
        try optional(key, "an object") { if case .object(let object) = $0 { object } else { nil } }
    }

    /// An array that must be there.
    package func array(_ key: String) throws(JSONFieldError) -> [JSONValue] {
        try required(key, "an array", optionalArray(key))
    }

    /// An array; nil when there is none or null.
    package func optionalArray(_ key: String) throws(JSONFieldError) -> [JSONValue]? {
        try optional(key, "an array") { if case .array(let elements) = $0 { elements } else { nil } }
    }

    /// An array of texts; nil when there is none or null.
    package func optionalStrings(_ key: String) throws(JSONFieldError) -> [String]? {
        try optional(key, "an array of strings") { value in
            guard case .array(let elements) = value else { return nil }
            var texts: [String] = []
            for element in elements {
                guard case .string(let text) = element else { return nil }
                texts.append(text)
            }
            return texts
        }
    }

    /// Refuses every field that is not named: a typo must not change meaning.
    package func refuseFields(otherThan known: [String]) throws(JSONFieldError) {
        for key in keys where !known.contains(where: { UTF8Order.areEqual($0, key) }) {
            throw JSONFieldError(field: key, problem: .unknown(known: known))
        }
    }

    private func required<Value>(_ key: String, _ expected: String, _ value: Value?) throws(JSONFieldError) -> Value {
        guard let value else { throw JSONFieldError(field: key, problem: .missing(expected: expected)) }
        return value
    }

    private func optional<Value>(
        _ key: String, _ expected: String, _ read: (JSONValue) -> Value?
    ) throws(JSONFieldError) -> Value? {
        guard let value = self[key], value != .null else { return nil }
        guard let result = read(value) else {
            throw JSONFieldError(field: key, problem: .wrongType(expected: expected, found: value.kind))
        }
        return result
    }
}
