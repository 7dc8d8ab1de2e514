import ConfigModel

/// What an export says of its documents, in a file beside the environments.
struct ExportManifest {
    /// The name of the file.
    static let name = "configbus-export.json"
    private static let format: Int64 = 1

    /// Only services at this name and below it were exported.
    var prefix: String?
    /// Only documents of this environment were exported.
    var environment: String?
    /// The documents that the export could see; nil where the file does not say it.
    var readable: ReadableDocuments?
    /// What is checked with the schema of each service.
    var checks: [String: SchemaDocument.Checks] = [:]
    /// False while an export runs, after one that was ended, and after one that could not read every document: files of
    /// documents may be missing then.
    var isComplete = true
    /// What the file says of the schema of each service.
    private(set) var schemas: [String: JSONValue] = [:]
}

extension ExportManifest {
    /// A file that says something that this program does not know.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads what matters to an import.
    init(parsing bytes: [UInt8]) throws {
        guard case .object(let object) = try JSONValue(parsing: bytes) else {
            throw Unreadable(description: "it is no JSON object; remove it, or export again.")
        }
        if let format = object["format"], format != .number(JSONNumber(Self.format)) {
            throw Unreadable(
                description:
                    "it has the format \(format), which this version of configbus does not know; use a newer one.")
        }
        // Whatever narrows what an import may delete is understood, or nothing is.
        prefix = try Self.field("prefix", of: object) { if case .string(let text) = $0 { text } else { nil } }
        environment = try Self.field("environment", of: object) { if case .string(let text) = $0 { text } else { nil } }
        readable = try Self.field("readable", of: object, ReadableDocuments.init(json:))
        isComplete =
            try Self.field("complete", of: object) { if case .bool(let flag) = $0 { flag } else { nil } } ?? true
        guard case .array(let schemas)? = object["schemas"] else { return }
        for case .object(let schema) in schemas {
            guard case .string(let service)? = schema["service_name"], case .string(let name)? = schema["checks"]
            else { continue }
            guard let checks = SchemaDocument.Checks(rawValue: name) else {
                throw Unreadable(
                    description:
                        "the schema of \(JSONValue.string(service)) has 'checks' that this program does not know.")
            }
            self.checks[service] = checks
            self.schemas[service] = .object(schema)
        }
    }

    private static func field<Value>(
        _ name: String, of object: JSONObject, _ read: (JSONValue) -> Value?
    ) throws -> Value? {
        guard let value = object[name] else { return nil }
        guard let field = read(value) else {
            throw Unreadable(description: "its '\(name)' is \(value), which no export writes; export again.")
        }
        return field
    }

    /// Stands in a folder while an export into it runs.
    static func begun(prefix: String?) -> JSONValue {
        var object = JSONObject()
        object["format"] = .number(JSONNumber(format))
        object["complete"] = .bool(false)
        object["prefix"] = prefix.map { .string($0) }
        return .object(object)
    }

    /// Writes what was exported.
    ///
    /// - Parameters:
    ///   - readable: the documents that the export could see.
    ///   - isComplete: false when a document could not be read.
    ///   - documents: sorted by key.
    ///   - schemas: sorted by service.
    ///   - earlier: what the file said before; what it said of other schemas, whose files are still there, stays.
    static func json(
        registry: String, epoch: Epoch?, at: Timestamp, prefix: String?, environment: String?,
        readable: ReadableDocuments, isComplete: Bool, documents: [ExportedFile], schemas: [ExportedFile],
        earlier: ExportManifest?
    ) -> JSONValue {
        var object = JSONObject()
        object["format"] = .number(JSONNumber(format))
        object["registry"] = .string(registry)
        object["epoch"] = epoch.map { .string($0.description) }
        object["at"] = .string(at.description)
        object["prefix"] = prefix.map { .string($0) }
        object["environment"] = environment.map { .string($0) }
        object["readable"] = readable.json
        if !isComplete { object["complete"] = .bool(false) }
        object["documents"] = .array(documents.map { $0.json(of: "key", .string($0.key.description)) })
        var entries = earlier?.schemas ?? [:]
        for schema in schemas {
            entries[schema.key.service] = schema.json(of: "service_name", .string(schema.key.service))
        }
        object["schemas"] = .array(entries.sorted { $0.key < $1.key }.map(\.value))
        return .object(object)
    }
}

/// One document of an export, without its content.
struct ExportedFile {
    let key: DocumentKey
    let version: Int64
    let contentHash: String
    /// Of a schema.
    var checks: SchemaDocument.Checks?

    fileprivate func json(of name: String, _ value: JSONValue) -> JSONValue {
        var object = JSONObject()
        object[name] = value
        object["version"] = .number(JSONNumber(version))
        object["content_hash"] = .string(contentHash)
        object["checks"] = checks.map { .string($0.rawValue) }
        return .object(object)
    }
}
