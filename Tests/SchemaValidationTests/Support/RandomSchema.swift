import ConfigModel
import TestSupport

/// Random schemas and documents, the same ones for the same seed. They share a few keys, so that they meet.
struct RandomSchema {
    private static let keys = ["a", "b", "c", "é", "a/b"]
    private static let schemas = [
        "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "additionalItems", "items",
        "unevaluatedItems", "unevaluatedProperties",
    ]
    private static let lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"]
    private static let maps = ["properties", "patternProperties", "dependentSchemas", "dependencies"]
    private static let counts = [
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains",
        "maxContains",
    ]
    private static let numbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
    private static let references = [
        "#", "#/$defs/a", "#/$defs/b", "#/$defs/c", "#/properties/a", "#node", "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema", "other.json",
    ]
    private static let literals = [
        "0", "-0", "1", "1.0", "1e0", "0.1", "2", "3", "-12.5E+3", "18446744073709551617", "5e-324", "1e400",
        "1e-99999999999999999999", "9e99999999999999999999",
    ]

    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A schema that says which draft it is of.
    mutating func document(of draft: String) -> JSONValue {
        var object = JSONObject()
        while object.isEmpty {
            guard case .object(let some) = schema(depth: 4) else { continue }
            object = some
        }
        object["$schema"] = .string(draft)
        var definitions = JSONObject()
        for key in ["a", "b", "c"] { definitions[key] = schema(depth: 3) }
        object["$defs"] = .object(definitions)
        return .object(object)
    }

    mutating func schema(depth: Int) -> JSONValue {
        guard depth > 0, chance(9, of: 10) else { return .bool(chance(4, of: 5)) }
        var schema = JSONObject()
        for _ in 0..<Int.random(in: 1...5, using: &generator) { add(to: &schema, depth: depth - 1) }
        return .object(schema)
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(chance(1, of: 2))
        case 2: .number(JSONNumber(literal: pick(Self.literals)))
        case 3, 4: .string(pick(Self.keys + ["2026-01-31", "::1", "aaa"]))
        case 5, 6: .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in value(depth: depth - 1) })
        default: .object(object { $0.value(depth: depth - 1) })
        }
    }

    private mutating func add(to schema: inout JSONObject, depth: Int) {
        switch Int.random(in: 0..<16, using: &generator) {
        case 0, 1: schema[pick(Self.schemas)] = self.schema(depth: depth)
        case 2, 3: schema[pick(Self.lists)] = .array((0..<3).map { _ in self.schema(depth: depth) })
        case 4, 5: schema[pick(Self.maps)] = .object(object { $0.schema(depth: depth) })
        case 6: schema[pick(Self.counts)] = .number(JSONNumber(Int.random(in: 0...3, using: &generator)))
        case 7: schema[pick(Self.numbers)] = .number(JSONNumber(literal: pick(Self.literals)))
        case 8: schema["type"] = .string(pick(["null", "boolean", "integer", "number", "string", "array", "object"]))
        case 9: schema["enum"] = .array((0..<3).map { _ in value(depth: 2) })
        case 10: schema["const"] = value(depth: 2)
        case 11: schema[pick(["required", "dependentRequired"])] = .array([.string(pick(Self.keys))])
        case 12: schema[pick(["pattern", "format"])] = .string(pick(["a+", "^b", "date", "ipv6", "time"]))
        case 13: schema[pick(["uniqueItems", "x-mark", "$recursiveAnchor"])] = .bool(true)
        case 14: schema[pick(["$anchor", "$dynamicAnchor"])] = .string("node")
        default: schema[pick(["$ref", "$dynamicRef", "$recursiveRef"])] = .string(pick(Self.references))
        }
    }

    private mutating func object(_ value: (inout RandomSchema) -> JSONValue) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<4, using: &generator) { object[pick(Self.keys)] = value(&self) }
        return object
    }

    private mutating func chance(_ count: Int, of all: Int) -> Bool {
        Int.random(in: 0..<all, using: &generator) < count
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }
}
