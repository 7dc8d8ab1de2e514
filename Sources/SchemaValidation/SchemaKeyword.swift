import ConfigModel

/// What each draft's keywords hold.
struct SchemaKeyword {
    /// Where in a keyword's value schemas are.
    enum Shape { case value, schema, list, schemaOrList, map, dependencies }

    let shape: Shape
    let drafts: ClosedRange<SchemaDraft>

    /// Every keyword that is known.
    private static let all: [String: SchemaKeyword] = {
        let every = SchemaDraft.draft7...SchemaDraft.draft2020
        let modern = SchemaDraft.draft2019...SchemaDraft.draft2020
        let (old, last) = (SchemaDraft.draft7...SchemaDraft.draft2019, SchemaDraft.draft2020...SchemaDraft.draft2020)
        let texts = """
            $schema $id $ref $comment title description default examples readOnly writeOnly contentEncoding contentMediaType \
            type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format \
            maxItems minItems uniqueItems maxProperties minProperties required
            """
        let groups: [(Shape, ClosedRange<SchemaDraft>, String)] = [
            (.value, every, texts),
            (.value, modern, "$anchor $vocabulary deprecated dependentRequired minContains maxContains"),
            (.value, .draft2019 ... .draft2019, "$recursiveRef $recursiveAnchor"),
            (.value, last, "$dynamicRef $dynamicAnchor"),
            (.schema, every, "additionalProperties propertyNames contains not if then else"),
            (.schema, old, "additionalItems"),
            (.schema, modern, "unevaluatedItems unevaluatedProperties contentSchema"),
            (.list, every, "allOf anyOf oneOf"), (.list, last, "prefixItems"), (.schemaOrList, every, "items"),
            (.map, every, "properties patternProperties definitions $defs"), (.map, modern, "dependentSchemas"),
            (.dependencies, every, "dependencies"),
        ]
        var all: [String: SchemaKeyword] = [:]
        for (shape, drafts, names) in groups {
            for name in names.split(separator: " ") { all[String(name)] = SchemaKeyword(shape: shape, drafts: drafts) }
        }
        return all
    }()

    /// The keyword of that name in a draft.
    static func named(_ name: String, in draft: SchemaDraft) -> SchemaKeyword? {
        all[name].flatMap { $0.drafts.contains(draft) ? $0 : nil }
    }

    /// What there is to say about a name that means nothing in a draft; nil for a vendor's own keyword.
    static func warning(about name: String, in draft: SchemaDraft) -> String? {
        guard !isVendor(name) else { return nil }
        if let drafts = all[name]?.drafts {
            let others = SchemaDraft.allCases.filter(drafts.contains).map(\.name).joined(separator: " and ")
            return "\(JSONValue.string(name)) means nothing in \(draft.name); it is a keyword of \(others)."
        }
        let known = all.filter { $0.value.drafts.contains(draft) }.keys.sorted()
        let hint = NearestName.nearest(to: name, among: known).map { " The nearest one is \(JSONValue.string($0))." }
        return "\(JSONValue.string(name)) is no keyword, so it means nothing.\(hint ?? "")"
    }

    /// A keyword that belongs to another program.
    static func isVendor(_ name: String) -> Bool { name.hasPrefix("x-") || name.utf8.contains(UInt8(ascii: ":")) }

    /// The schemas inside the keyword's value, with their places.
    func schemas(in value: JSONValue, at place: String) throws(SchemaError) -> [(place: String, schema: JSONValue)] {
        switch (shape, value) {
        case (.value, _): return []
        case (.list, .array(let elements)) where !elements.isEmpty,
            (.schemaOrList, .array(let elements)) where !elements.isEmpty:
            return elements.enumerated().map { ("\(place)/\($0.offset)", $0.element) }
        case (.list, _), (.schemaOrList, .array):
            throw SchemaError(pointer: place, reason: "this must be an array of at least one schema.")
        case (.schema, _), (.schemaOrList, _): return [(place, value)]
        case (.map, .object(let object)): return object.members.map { (place + Self.token($0.key), $0.value) }
        case (.dependencies, .object(let object)):
            let schemas = object.members.filter { if case .array = $0.value { false } else { true } }
            return schemas.map { (place + Self.token($0.key), $0.value) }
        case (.map, _), (.dependencies, _):
            throw SchemaError(pointer: place, reason: "this must be an object of schemas.")
        }
    }

    /// A step of a JSON pointer.
    static func token(_ key: String) -> String { JSONPointer(tokens: [key]).description }
}
