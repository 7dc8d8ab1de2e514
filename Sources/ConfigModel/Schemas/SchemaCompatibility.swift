/// What may refuse documents that another schema took: shown to the author of a new schema, and never a refusal.
///
/// Only places that both schemas have are compared, keyword by keyword. It is no proof: stored versions that are checked with
/// the new schema are.
package struct SchemaCompatibility {
    private static let maximumCount = 100

    private var warnings: [CheckFinding] = []

    private init() {}

    /// Compares a schema with the one that it replaces.
    package static func warnings(from old: SchemaDocument, to new: SchemaDocument) -> [CheckFinding] {
        var comparison = SchemaCompatibility()
        if new.checks != old.checks {
            comparison.warn(
                JSONPointer(),
                new.checks == .merged
                    ? "Documents are checked merged over the default environment now, which stands alone."
                    : "Each document is checked alone now, without the default environment's.")
        }
        comparison.compare(old.schema, new.schema, JSONPointer())
        return comparison.warnings
    }

    private mutating func warn(_ place: JSONPointer, _ message: String) {
        guard warnings.count < Self.maximumCount else { return }
        warnings.append(
            CheckFinding(
                .schema, rule: "compatibility", pointer: "", schemaPointer: place.description, message: message))
    }

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, _ place: JSONPointer) {
        guard case .object(let newObject) = new else {
            if new == .bool(false), old != new { warn(place, "No value fits any more.") }
            return
        }
        // `true`, and a schema that refused everything, compare as one without a keyword.
        var oldObject = JSONObject()
        if case .object(let object) = old { oldObject = object }
        guard old != .bool(false) else { return }
        compareNames(oldObject, newObject, place)
        compareTypes(oldObject, newObject, place)
        compareValues(oldObject, newObject, place)
        for keyword in Self.lowerBounds { compareBound(keyword, oldObject, newObject, place) { $0 > $1 } }
        for keyword in Self.upperBounds { compareBound(keyword, oldObject, newObject, place) { $0 < $1 } }
        descend(oldObject, newObject, place)
    }

    private static let lowerBounds = [
        "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains",
    ]
    private static let upperBounds = [
        "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains",
    ]
    private static let maps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]
    private static let schemas = [
        "items", "additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems", "contains",
        "propertyNames", "if", "then", "else",
    ]
    private static let lists = ["allOf", "prefixItems"]
}

// MARK: Keywords

extension SchemaCompatibility {
    private mutating func compareNames(_ old: JSONObject, _ new: JSONObject, _ place: JSONPointer) {
        let before = Set(Self.texts(old["required"]))
        for name in Self.texts(new["required"]) where !before.contains(name) {
            warn(place.appending("required"), "\(JSONValue.string(name)) is required now.")
        }
        guard Self.refusesOthers(new) else { return }
        guard Self.refusesOthers(old) else {
            return warn(
                place.appending("additionalProperties"), "Members that the schema does not name are refused now.")
        }
        guard new["patternProperties"] == nil else { return }
        let names = Set(Self.members(new["properties"]).map(\.key))
        for (name, _) in Self.members(old["properties"]) where !names.contains(name) {
            warn(
                place.appending("properties"), "\(JSONValue.string(name)) is not named any more, and so it is refused.")
        }
    }

    private mutating func compareTypes(_ old: JSONObject, _ new: JSONObject, _ place: JSONPointer) {
        guard let types = Self.types(new["type"]) else { return }
        let before = Self.types(old["type"]) ?? Self.allTypes
        let lost = before.subtracting(types)
        guard !lost.isEmpty else { return }
        warn(place.appending("type"), "Values of type \(lost.sorted().joined(separator: ", ")) are refused now.")
    }

    /// The sentences hold no value: a schema may name what is secret.
    private mutating func compareValues(_ old: JSONObject, _ new: JSONObject, _ place: JSONPointer) {
        if case .array(let values)? = new["enum"] {
            if case .array(let before)? = old["enum"] {
                let lost = Set(before).subtracting(values).count
                if lost > 0 {
                    warn(place.appending("enum"), "\(lost) of the values that were allowed are refused now.")
                }
            } else {
                warn(place.appending("enum"), "Only some values are allowed now.")
            }
        }
        for keyword in ["const", "pattern", "multipleOf"] {
            guard let value = new[keyword], value != old[keyword] else { continue }
            warn(
                place.appending(keyword),
                "The keyword \(keyword) is \(old[keyword] == nil ? "new" : "another one now").")
        }
    }

    private mutating func compareBound(
        _ keyword: String, _ old: JSONObject, _ new: JSONObject, _ place: JSONPointer,
        isNarrower: (Double, Double) -> Bool
    ) {
        guard case .number(let number)? = new[keyword], let value = number.double else { return }
        guard case .number(let before)? = old[keyword], let bound = before.double else {
            return warn(place.appending(keyword), "The bound \(keyword) is new.")
        }
        if isNarrower(value, bound) { warn(place.appending(keyword), "The bound \(keyword) is narrower now.") }
    }

    private mutating func descend(_ old: JSONObject, _ new: JSONObject, _ place: JSONPointer) {
        for keyword in Self.maps {
            for (name, schema) in Self.members(new[keyword]) {
                guard case .object(let before)? = old[keyword], let other = before[name] else { continue }
                compare(other, schema, place.appending(keyword).appending(name))
            }
        }
        for keyword in Self.schemas {
            guard let schema = new[keyword], let other = old[keyword], schema != .bool(false) else { continue }
            compare(other, schema, place.appending(keyword))
        }
        for keyword in Self.lists {
            guard case .array(let schemas)? = new[keyword], case .array(let others)? = old[keyword] else { continue }
            for (index, (other, schema)) in zip(others, schemas).enumerated() {
                compare(other, schema, place.appending(keyword).appending(String(index)))
            }
        }
    }
}

// MARK: Reading

extension SchemaCompatibility {
    private static let allTypes: Set = ["array", "boolean", "integer", "null", "number", "object", "string"]

    private static func refusesOthers(_ schema: JSONObject) -> Bool {
        schema["additionalProperties"] == .bool(false) || schema["unevaluatedProperties"] == .bool(false)
    }

    private static func members(_ value: JSONValue?) -> [(key: String, value: JSONValue)] {
        guard case .object(let object)? = value else { return [] }
        return Array(object)
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        guard case .array(let values)? = value else { return [] }
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    /// Nil when every type is allowed. A number may be an integer.
    private static func types(_ value: JSONValue?) -> Set<String>? {
        switch value {
        case .string(let type)?: return type == "number" ? ["number", "integer"] : [type]
        case .array?:
            let types = Set(texts(value))
            return types.contains("number") ? types.union(["integer"]) : types
        default: return nil
        }
    }
}
