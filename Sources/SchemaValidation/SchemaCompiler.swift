import ConfigModel

/// Makes a list of compiled schemas from a document, or says what is wrong with it.
struct SchemaCompiler {
    private static let maximumApplications = 10_000
    private static let maximumKiB = 256
    private static let maximumDepth = 64
    private static let maximumPatternBytes = 1 << 10
    private static let maximumPatternMemory = 32 << 20

    private let patternCompiler: any SchemaPatterns
    let assertsFormats: Bool
    private(set) var index: SchemaIndex
    private(set) var nodes: [SchemaNode] = []
    private(set) var warnings: [SchemaWarning] = []
    private var patterns: [JSONValue: SchemaPattern] = [:]
    private var patternMemory = 0

    init(_ schema: JSONValue, patterns: any SchemaPatterns, assertsFormats: Bool) throws(SchemaError) {
        guard schema.isWithin(depth: Self.maximumDepth) else {
            throw SchemaError(pointer: "", reason: "it is nested deeper than \(Self.maximumDepth) levels.")
        }
        guard schema.canonicalLength(upTo: Self.maximumKiB << 10) != nil else {
            throw SchemaError(pointer: "", reason: "it is longer than \(Self.maximumKiB) KiB.")
        }
        patternCompiler = patterns
        self.assertsFormats = assertsFormats
        index = try SchemaIndex(schema)
        // References to a draft's own schemas add these at the end.
        while nodes.count < index.entries.count { nodes.append(try node(of: index.entries[nodes.count])) }
        try countApplications()
    }

    private mutating func node(of entry: SchemaIndex.Entry) throws(SchemaError) -> SchemaNode {
        guard let object = entry.object else {
            let isDefinition = entry.keyword == "$defs" || entry.keyword == "definitions"
            let keyword = isDefinition ? "$ref" : entry.keyword.isEmpty ? "false" : entry.keyword
            let message =
                switch keyword {
                case "additionalProperties", "unevaluatedProperties": "No member of this name is allowed."
                case "items", "additionalItems", "unevaluatedItems": "No element is allowed at this place."
                default: "Nothing is allowed here."
                }
            let never = SchemaRule(keyword: keyword, place: entry.place, check: .never(message))
            return SchemaNode(resource: entry.resource, rules: entry.value == .bool(false) ? [never] : [])
        }
        let draft = index.draft(of: entry)
        let isReference = draft == .draft7 && object["$ref"] != nil
        var rules: [SchemaRule] = []
        for (keyword, value) in object {
            let place = entry.place + SchemaKeyword.token(keyword)
            if SchemaKeyword.named(keyword, in: draft) == nil {
                warn(SchemaKeyword.warning(about: keyword, in: draft), at: place)
            } else if isReference && keyword != "$ref" {
                let isHarmless = ["$id", "$schema", "$comment", "$defs", "definitions", "title", "description"]
                warn(isHarmless.contains(keyword) ? nil : "Beside $ref, draft-07 ignores \(keyword).", at: place)
            } else if let check = try check(keyword, SchemaOperand(value: value, place: place), in: entry) {
                rules.append(SchemaRule(keyword: keyword, place: place, check: check))
            }
        }
        let annotations = object.keys.filter { SchemaKeyword.isVendor($0) && object[$0] == .bool(true) }
        return SchemaNode(resource: entry.resource, rules: rules, annotations: annotations)
    }

    /// What stands in a draft's own schema is not for the author to change.
    mutating func warn(_ message: String?, at place: String) {
        guard let message, place.utf8.first == UInt8(ascii: "/") else { return }
        warnings.append(SchemaWarning(pointer: place, message: message))
    }

    mutating func reference(
        _ keyword: String, _ operand: SchemaOperand, in entry: SchemaIndex.Entry
    ) throws(SchemaError) -> SchemaAssertion {
        let (target, anchor) = try index.resolve(keyword, operand, from: entry)
        if keyword == "$dynamicRef", let anchor { return .dynamicReference(target, anchor: anchor) }
        let recursive = JSONValue.string("")
        guard keyword == "$recursiveRef", index.dynamicAnchors[recursive]?.values.contains(target) == true else {
            return .reference(target)
        }
        return .dynamicReference(target, anchor: recursive)
    }

    /// Each text is compiled once.
    mutating func pattern(_ text: String, at place: String) throws(SchemaError) -> SchemaPattern {
        if let known = patterns[.string(text)] { return known }
        guard text.utf8.count <= Self.maximumPatternBytes else {
            throw SchemaError(pointer: place, reason: "the pattern is longer than \(Self.maximumPatternBytes) bytes.")
        }
        let pattern: SchemaPattern
        do {
            pattern = try patternCompiler.compile(text)
        } catch {
            throw SchemaError(pointer: place, reason: "the pattern cannot be used: \(error.reason)")
        }
        patternMemory += pattern.memory
        guard patternMemory <= Self.maximumPatternMemory else {
            throw SchemaError(pointer: place, reason: "the patterns of the schema take too much memory together.")
        }
        patterns[.string(text)] = pattern
        return pattern
    }
}

/// What checking may cost is counted before any document is checked.
extension SchemaCompiler {
    /// - Throws: `SchemaError` for a schema that applies to the same value without end or too often.
    private func countApplications() throws(SchemaError) {
        var counts: [Int?] = Array(repeating: nil, count: nodes.count)
        for number in nodes.indices { _ = try count(number, &counts, depth: 0) }
    }

    /// Zero stands for a schema that is being counted.
    private func count(_ number: Int, _ counts: inout [Int?], depth: Int) throws(SchemaError) -> Int {
        let place = index.entries[number].place
        guard counts[number] != 0 else {
            throw SchemaError(pointer: place, reason: "this schema refers to itself for the same value, without end.")
        }
        if let known = counts[number] { return known }
        let reason =
            "references multiply or follow one another to more than \(Self.maximumApplications) schemas for one value."
        let tooMany = SchemaError(pointer: place, reason: reason)
        guard depth <= SchemaEvaluation.maximumNesting else { throw tooMany }
        var sum = 1
        counts[number] = 0
        for schema in nodes[number].rules.flatMap(\.check.sameValue) where sum <= Self.maximumApplications {
            sum += try count(schema, &counts, depth: depth + 1)
        }
        guard sum <= Self.maximumApplications else { throw tooMany }
        counts[number] = sum
        return sum
    }
}
