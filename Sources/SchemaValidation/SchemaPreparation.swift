import ConfigModel

/// Makes of a draft-07 schema what the C++ library can take without crashing, looping or guessing.
///
/// Every keyword that says something about validity is checked; others are dropped. Every schema that a `$ref` names moves
/// to `definitions` under a number, so that only one kind of reference is left. References to other documents, to places
/// that hold no schema, and circles of schemas that apply to the same value are refused.
struct SchemaPreparation {
    private var numbers: [JSONPointer: Int] = [:]
    private var definitions: [Int: JSONValue] = [:]
    private var graph = SchemaGraph()
    private var keyPatterns: [String] = []
    private var references: [(place: JSONPointer, target: JSONPointer)] = []

    static func prepare(_ schema: JSONValue) throws(SchemaError) -> JSONValue {
        var preparation = SchemaPreparation()
        try preparation.collectTargets(schema, at: JSONPointer())
        let body = try preparation.schema(schema, at: JSONPointer())
        for reference in preparation.references where !preparation.graph.contains(reference.target) {
            throw SchemaError(
                pointer: reference.place.description,
                reason: "$ref names \(JSONValue.string("#\(reference.target)")), where there is no schema.")
        }
        if let circle = preparation.graph.circle() {
            throw SchemaError(
                pointer: circle.description, reason: "this schema refers to itself for the same value, without end.")
        }
        var root = JSONObject()
        root["allOf"] = .array([body])
        var definitions = JSONObject()
        for (number, definition) in preparation.definitions { definitions[String(number)] = definition }
        root["definitions"] = .object(definitions)
        root["configbus:keyPatterns"] = .array(preparation.keyPatterns.map { .string($0) })
        return .object(root)
    }

    /// Gives a number to everything that any `$ref` names. Some may be no references (inside `const`); they cost nothing.
    private mutating func collectTargets(_ value: JSONValue, at place: JSONPointer) throws(SchemaError) {
        switch value {
        case .object(let object):
            for (key, child) in object {
                if key == "$ref", let target = try? SchemaReference(child, at: place).target, numbers[target] == nil {
                    numbers[target] = numbers.count
                }
                try collectTargets(child, at: place)
            }
        case .array(let elements): for element in elements { try collectTargets(element, at: place) }
        default: break
        }
    }

    private mutating func schema(_ value: JSONValue, at place: JSONPointer) throws(SchemaError) -> JSONValue {
        graph.add(place)
        let body: JSONValue
        switch value {
        case .bool(true): body = .object(JSONObject())
        case .bool(false):
            var never = JSONObject()
            never["configbus:never"] = .bool(true)
            body = .object(never)
        case .object(let object):
            if let reference = object["$ref"] {
                body = try self.reference(reference, at: place)
                if let definitions = object["definitions"] {
                    try dropDefinitions(definitions, at: place, "definitions")
                }
                if let definitions = object["$defs"] { try dropDefinitions(definitions, at: place, "$defs") }
            } else {
                body = .object(try keywords(of: object, at: place))
            }
        default:
            throw SchemaError(
                pointer: place.description, reason: "a schema is an object, true or false, not \(value.kind).")
        }
        guard let number = numbers[place] else { return body }
        definitions[number] = body
        return Self.reference(to: number)
    }

    /// Beside `$ref` draft-07 ignores every other keyword.
    private mutating func reference(_ value: JSONValue, at place: JSONPointer) throws(SchemaError) -> JSONValue {
        let target = try SchemaReference(value, at: place).target
        references.append((place, target))
        graph.connect(place, to: target)
        var wrapper = JSONObject()
        wrapper["allOf"] = .array([Self.reference(to: numbers[target] ?? 0)])
        return .object(wrapper)
    }

    private static func reference(to number: Int) -> JSONValue {
        var reference = JSONObject()
        reference["$ref"] = .string("#/definitions/\(number)")
        return .object(reference)
    }

    private mutating func keywords(of object: JSONObject, at place: JSONPointer) throws(SchemaError) -> JSONObject {
        var prepared = JSONObject()
        for (name, value) in object {
            let inner = place.appending(name)
            switch SchemaKeyword(name) {
            case .sameValue?:
                graph.connect(place, to: inner)
                prepared[name] = try schema(value, at: inner)
            case .inside?: prepared[name] = Self.isClosed(name, value) ? value : try schema(value, at: inner)
            case .listForSameValue?:
                prepared[name] = try list(value, at: inner) { $0.graph.connect(place, to: $1) }
            case .items?:
                if case .array = value {
                    prepared[name] = try list(value, at: inner) { _, _ in }
                } else {
                    prepared[name] = try schema(value, at: inner)
                }
            case .mapForInside?:
                let schemas = try map(value, at: inner)
                prepared[name] = .object(schemas)
                if name == "patternProperties" { keyPatterns += schemas.keys }
            case .definitions?: try dropDefinitions(value, at: place, name)
            case .dependencies?: prepared[name] = .object(try dependencies(value, of: place, at: inner))
            case .plain(let ownName, let operand)?:
                if let complaint = operand.complaint(about: value) {
                    throw SchemaError(pointer: inner.description, reason: "this must be \(complaint).")
                }
                prepared[ownName] = value
            case nil: break
            }
        }
        return prepared
    }

    /// `additionalProperties: false` and `additionalItems: false` stay as they are: the library knows them well.
    private static func isClosed(_ name: String, _ value: JSONValue) -> Bool {
        if case .bool = value { name.hasPrefix("additional") } else { false }
    }

    /// Definitions are prepared where they are, but only those that are referred to are kept.
    private mutating func dropDefinitions(
        _ value: JSONValue, at place: JSONPointer, _ name: String
    ) throws(SchemaError) {
        _ = try map(value, at: place.appending(name))
    }

    private mutating func list(
        _ value: JSONValue, at place: JSONPointer, _ visit: (inout SchemaPreparation, JSONPointer) -> Void
    ) throws(SchemaError) -> JSONValue {
        guard case .array(let elements) = value, !elements.isEmpty else {
            throw SchemaError(pointer: place.description, reason: "this must be an array of at least one schema.")
        }
        var prepared: [JSONValue] = []
        for (index, element) in elements.enumerated() {
            let inner = place.appending(String(index))
            visit(&self, inner)
            prepared.append(try schema(element, at: inner))
        }
        return .array(prepared)
    }

    private mutating func map(_ value: JSONValue, at place: JSONPointer) throws(SchemaError) -> JSONObject {
        guard case .object(let schemas) = value else {
            throw SchemaError(pointer: place.description, reason: "this must be an object of schemas.")
        }
        var prepared = JSONObject()
        for (key, schema) in schemas { prepared[key] = try self.schema(schema, at: place.appending(key)) }
        return prepared
    }

    private mutating func dependencies(
        _ value: JSONValue, of schema: JSONPointer, at place: JSONPointer
    ) throws(SchemaError) -> JSONObject {
        guard case .object(let entries) = value else {
            throw SchemaError(
                pointer: place.description, reason: "this must be an object of schemas or arrays of keys.")
        }
        var prepared = JSONObject()
        for (key, entry) in entries {
            let inner = place.appending(key)
            if case .array = entry {
                guard SchemaOperand.texts.complaint(about: entry) == nil else {
                    throw SchemaError(
                        pointer: inner.description, reason: "this must be a schema or an array of strings.")
                }
                prepared[key] = entry
            } else {
                graph.connect(schema, to: inner)
                prepared[key] = try self.schema(entry, at: inner)
            }
        }
        return prepared
    }
}
