import ConfigModel

extension SchemaCompiler {
    /// What a keyword asks that needs other schemas, patterns or neighbours; nil when it asks nothing.
    mutating func check(
        _ keyword: String, _ operand: SchemaOperand, in entry: SchemaIndex.Entry
    ) throws(SchemaError) -> SchemaAssertion? {
        let schema = index.entry(at: operand.place) ?? 0
        switch keyword {
        case "$ref", "$dynamicRef", "$recursiveRef": return try reference(keyword, operand, in: entry)
        case "allOf": return .all(list(keyword, in: entry))
        case "anyOf": return .any(list(keyword, in: entry))
        case "oneOf": return .one(list(keyword, in: entry))
        case "not": return .not(schema)
        case "if": return .condition(schema, then: child("then", in: entry), otherwise: child("else", in: entry))
        case "propertyNames": return .names(schema)
        case "dependentSchemas", "dependentRequired", "dependencies": return .dependents(try dependents(operand))
        case "unevaluatedItems", "unevaluatedProperties":
            return .rest(schema, ofElements: keyword == "unevaluatedItems")
        case "contains":
            let draft = index.draft(of: entry)
            let least = draft == .draft7 ? nil : try count("minContains", in: entry)
            let most = draft == .draft7 ? nil : try count("maxContains", in: entry)
            return .contains(schema, minimum: least, maximum: most, isSeen: draft == .draft2020)
        case "prefixItems", "items": return try elements(keyword, operand, in: entry)
        case "properties", "patternProperties", "additionalProperties": return try members(keyword, in: entry)
        case "pattern":
            let text = try operand.text()
            return .pattern(try pattern(text, at: operand.place), text: text)
        case "format":
            let name = try operand.text()
            if let format = TextFormat(rawValue: name) { return assertsFormats ? .format(format) : nil }
            let known = TextFormat.allCases.map(\.rawValue).joined(separator: ", ")
            let message = "The format \(operand.value) is not checked; those that are: \(known)."
            warn(assertsFormats ? message : nil, at: operand.place)
            return nil
        default: return try operand.check(keyword)
        }
    }

    private func count(_ keyword: String, in entry: SchemaIndex.Entry) throws(SchemaError) -> Int? {
        try entry.object?[keyword].map { (value) throws(SchemaError) in
            try SchemaOperand(value: value, place: entry.place + "/" + keyword).count()
        }
    }

    private func child(_ keyword: String, in entry: SchemaIndex.Entry) -> Int? {
        index.entry(at: entry.place + "/" + keyword)
    }

    private func list(_ keyword: String, in entry: SchemaIndex.Entry) -> [Int] {
        var schemas: [Int] = []
        while let schema = index.entry(at: "\(entry.place)/\(keyword)/\(schemas.count)") { schemas.append(schema) }
        return schemas
    }

    private func map(_ keyword: String, in entry: SchemaIndex.Entry) -> [(key: String, schema: Int)] {
        guard case .object(let schemas)? = entry.object?[keyword] else { return [] }
        let place = entry.place + "/" + keyword
        return schemas.keys.map { ($0, index.entry(at: place + SchemaKeyword.token($0)) ?? 0) }
    }

    private func elements(
        _ keyword: String, _ operand: SchemaOperand, in entry: SchemaIndex.Entry
    ) throws(SchemaError) -> SchemaAssertion? {
        let isArray = if case .array = operand.value { true } else { false }
        if index.draft(of: entry) == .draft2020 {
            guard keyword == "prefixItems" || !isArray else {
                throw SchemaError(
                    pointer: operand.place, reason: "in draft 2020-12 a list of schemas is called prefixItems.")
            }
            // Both keywords are one check, that of the first.
            guard keyword == "prefixItems" || entry.object?["prefixItems"] == nil else { return nil }
            return .elements(first: list("prefixItems", in: entry), rest: child("items", in: entry))
        }
        let rest = isArray ? child("additionalItems", in: entry) : child("items", in: entry)
        return .elements(first: list("items", in: entry), rest: rest)
    }

    /// Three keywords are one check, that of the first which is there.
    private mutating func members(
        _ keyword: String, in entry: SchemaIndex.Entry
    ) throws(SchemaError) -> SchemaAssertion? {
        let all = ["properties", "patternProperties", "additionalProperties"]
        guard all.first(where: { entry.object?[$0] != nil }) == keyword else { return nil }
        var patterns: [(pattern: SchemaPattern, schema: Int)] = []
        for (key, schema) in map("patternProperties", in: entry) {
            let place = entry.place + "/patternProperties" + SchemaKeyword.token(key)
            patterns.append((try pattern(key, at: place), schema))
        }
        return .members(
            named: map("properties", in: entry), patterns: patterns,
            rest: child("additionalProperties", in: entry))
    }

    private func dependents(
        _ operand: SchemaOperand
    ) throws(SchemaError) -> [(key: String, others: [String], schema: Int?)] {
        guard case .object(let object) = operand.value else { throw operand.failure("an object") }
        var dependents: [(key: String, others: [String], schema: Int?)] = []
        for (key, value) in object {
            let inner = SchemaOperand(value: value, place: operand.place + SchemaKeyword.token(key))
            let schema = index.entry(at: inner.place)
            dependents.append((key, schema == nil ? try inner.texts() : [], schema))
        }
        return dependents
    }
}
