import ConfigModel

/// Every schema of a document, the names that each has, and the drafts' own schemas where they are referred to.
///
/// Names are kept as JSON strings, because these are compared by their bytes.
struct SchemaIndex {
    /// One schema.
    struct Entry {
        let value: JSONValue
        /// The JSON pointer to it, behind a URI when it is one of a draft's own.
        let place: String
        /// The keyword that holds it.
        let keyword: String
        let resource: Int

        /// Nil for `true` and `false`.
        var object: JSONObject? { if case .object(let object) = value { object } else { nil } }
    }

    /// A part of a document that has a URI of its own.
    private struct Resource {
        let uri: String
        let draft: SchemaDraft
        let place: String
    }

    static let maximumSchemas = 5_000

    private(set) var entries: [Entry] = []
    /// For each dynamic anchor the schema that has it in each resource. The empty name is `$recursiveAnchor`.
    private(set) var dynamicAnchors: [JSONValue: [Int: Int]] = [:]
    private var resources: [Resource] = []
    private var places: [JSONValue: Int] = [:]
    private var resourcesByURI: [JSONValue: Int] = [:]
    private var anchors: [JSONValue: Int] = [:]
    private var limit = Self.maximumSchemas

    init(_ schema: JSONValue) throws(SchemaError) {
        try addDocument(schema, at: "")
        // Without `$id` the document has no name.
        if resources[0].uri.isEmpty { resourcesByURI[.string("")] = 0 }
    }

    /// The schema at a place.
    func entry(at place: String) -> Int? { places[.string(place)] }

    /// The draft that an entry is written in.
    func draft(of entry: Entry) -> SchemaDraft { resources[entry.resource].draft }

    private mutating func addDocument(_ schema: JSONValue, at place: String) throws(SchemaError) {
        var draft = SchemaDraft.draft2020
        if case .object(let object) = schema, let named = object["$schema"] {
            draft = try SchemaDraft(named, at: place + "/$schema")
        }
        resources.append(Resource(uri: "", draft: draft, place: place))
        try add(schema, at: place, under: "", in: resources.count - 1)
    }

    private mutating func add(
        _ value: JSONValue, at place: String, under keyword: String, in parent: Int
    ) throws(SchemaError) {
        guard entries.count < limit else {
            throw SchemaError(pointer: "", reason: "it has more than \(limit) subschemas.")
        }
        places[.string(place)] = entries.count
        guard case .object(let object) = value else {
            guard case .bool = value else {
                throw SchemaError(pointer: place, reason: "a schema is an object, true or false, not \(value.kind).")
            }
            entries.append(Entry(value: value, place: place, keyword: keyword, resource: parent))
            return
        }
        // Beside `$ref` draft-07 ignores everything; definitions are kept, so that they can be referred to.
        let isReference = resources[parent].draft == .draft7 && object["$ref"] != nil
        let resource = isReference ? parent : try resource(of: object, at: place, in: parent)
        if !isReference { try addAnchors(of: object, at: place, in: resource) }
        entries.append(Entry(value: value, place: place, keyword: keyword, resource: resource))
        for member in object.members where !isReference || member.key == "definitions" || member.key == "$defs" {
            guard let keyword = SchemaKeyword.named(member.key, in: resources[resource].draft) else { continue }
            for inner in try keyword.schemas(in: member.value, at: place + "/" + member.key) {
                try add(inner.schema, at: inner.place, under: member.key, in: resource)
            }
        }
    }

    /// The resource that begins at this object, or the one that it is in.
    private mutating func resource(of object: JSONObject, at place: String, in parent: Int) throws(SchemaError) -> Int {
        guard let id = object["$id"].map({ SchemaOperand(value: $0, place: place + "/$id") }) else { return parent }
        let text = try id.text()
        guard let uri = URIReference(text, from: resources[parent].uri) else { throw id.failure("a URI reference") }
        var draft = resources[parent].draft
        if let named = object["$schema"] { draft = try SchemaDraft(named, at: place + "/$schema") }
        // In draft-07 `#name` is an anchor.
        if draft == .draft7, text.utf8.first == UInt8(ascii: "#") { return parent }
        guard uri.fragment.isEmpty || draft == .draft7 else { throw id.failure("without fragment; use $anchor for it") }
        // The whole document has none yet.
        if resources[parent].place == place { resources.removeLast() }
        resources.append(Resource(uri: uri.document, draft: draft, place: place))
        try name(uri.document, resources.count - 1, in: \.resourcesByURI, at: id.place)
        return resources.count - 1
    }

    private mutating func addAnchors(of object: JSONObject, at place: String, in resource: Int) throws(SchemaError) {
        let (uri, draft, number) = (resources[resource].uri, resources[resource].draft, entries.count)
        if draft == .draft7, case .string(let text)? = object["$id"], let id = URIReference(text, from: uri),
            !id.fragment.isEmpty
        {
            try name(uri + "#" + id.fragment, number, in: \.anchors, at: place + "/$id")
        }
        for keyword in ["$anchor", "$dynamicAnchor"] where SchemaKeyword.named(keyword, in: draft) != nil {
            guard let value = object[keyword] else { continue }
            guard case .string(let text) = value, !text.isEmpty, !text.utf8.contains(where: { "/#%".utf8.contains($0) })
            else { throw SchemaError(pointer: place + "/" + keyword, reason: "\(keyword) must be a name.") }
            try name(uri + "#" + text, number, in: \.anchors, at: place + "/" + keyword)
            if keyword == "$dynamicAnchor" { dynamicAnchors[value, default: [:]][resource] = number }
        }
        if draft == .draft2019, object["$recursiveAnchor"] == .bool(true), resources[resource].place == place {
            dynamicAnchors[.string(""), default: [:]][resource] = number
        }
    }

    private mutating func name(
        _ name: String, _ number: Int, in names: WritableKeyPath<SchemaIndex, [JSONValue: Int]>, at place: String
    ) throws(SchemaError) {
        guard self[keyPath: names].updateValue(number, forKey: .string(name)) == nil else {
            throw SchemaError(pointer: place, reason: "another schema has the same name.")
        }
    }
}

extension SchemaIndex {
    /// The schema that a reference names, and the dynamic anchor by which it does so, if it is one.
    mutating func resolve(
        _ keyword: String, _ reference: SchemaOperand, from entry: Entry
    ) throws(SchemaError) -> (target: Int, anchor: JSONValue?) {
        guard case .string(let text) = reference.value,
            let uri = URIReference(text, from: resources[entry.resource].uri)
        else { throw reference.failure("the address of a schema (\(keyword)), with every % encoded") }
        if resourcesByURI[.string(uri.document)] == nil { try addMetaSchemas(of: uri.document) }
        guard let resource = resourcesByURI[.string(uri.document)] else {
            let reason =
                "this \(keyword) names another document, and none is ever fetched; bundle it: put it under $defs"
            throw SchemaError(
                pointer: reference.place, reason: reason + " (definitions in draft-07) with its address as $id.")
        }
        let fragment = uri.fragment
        if fragment.isEmpty || fragment.utf8.first == UInt8(ascii: "/") {
            if let target = self.entry(at: resources[resource].place + fragment) { return (target, nil) }
        } else if let target = anchors[.string(uri.document + "#" + fragment)] {
            let anchor = JSONValue.string(fragment)
            return (target, dynamicAnchors[anchor]?[resource] == target ? anchor : nil)
        }
        throw SchemaError(
            pointer: reference.place, reason: "this \(keyword) names \(reference.value), where there is no schema.")
    }

    /// Adds the schemas of the draft that has such a one, if any has.
    private mutating func addMetaSchemas(of uri: String) throws(SchemaError) {
        guard let draft = SchemaDraft.allCases.first(where: { uri.hasPrefix($0.base) }),
            case .array(let schemas)? = try? JSONValue(parsing: draft.metaSchemas)
        else { return }
        // They are no part of what the author wrote.
        limit = .max
        for case .object(let schema) in schemas {
            guard case .string(let id)? = schema["$id"], let uri = URIReference(id, from: "")?.document else {
                continue
            }
            if resourcesByURI[.string(uri)] == nil { try addDocument(.object(schema), at: uri + "#") }
        }
    }
}
