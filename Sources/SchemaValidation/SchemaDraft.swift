import ConfigModel

/// A version of JSON Schema; the last is that of a schema which names none.
enum SchemaDraft: Int, CaseIterable, Comparable {
    case draft7, draft2019, draft2020

    var name: String { ["draft-07", "draft 2019-09", "draft 2020-12"][rawValue] }

    /// What `$schema` says for it, up to the name of the file.
    var base: String {
        let bases = [
            "http://json-schema.org/draft-07/", "https://json-schema.org/draft/2019-09/",
            "https://json-schema.org/draft/2020-12/",
        ]
        return bases[rawValue]
    }

    /// The draft's own schemas, which are part of the program.
    var metaSchemas: [UInt8] {
        switch self {
        case .draft7: PackageResources.draft_07_json
        case .draft2019: PackageResources.draft_2019_09_json
        case .draft2020: PackageResources.draft_2020_12_json
        }
    }

    /// Reads `$schema`.
    init(_ value: JSONValue, at place: String) throws(SchemaError) {
        guard case .string(let text) = value else {
            throw SchemaError(pointer: place, reason: "$schema must be a string.")
        }
        let uri = text.hasSuffix("#") ? String(text.dropLast()) : text
        guard let draft = Self.allCases.first(where: { $0.base + "schema" == uri }) else {
            let old = ["draft-03", "draft-04", "draft-06"].first { uri == "http://json-schema.org/\($0)/schema" }
            let supported = Self.allCases.map { "\($0.base)schema (\($0.name))" }.joined(separator: ", ")
            let complaint = old.map { "\($0) is not supported" } ?? "\(value) is no draft that is known"
            throw SchemaError(pointer: place, reason: "\(complaint); write the schema for one of \(supported).")
        }
        self = draft
    }

    static func < (left: SchemaDraft, right: SchemaDraft) -> Bool { left.rawValue < right.rawValue }
}
