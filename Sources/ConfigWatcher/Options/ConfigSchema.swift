public import SchemaValidation
public import WatcherCore

/// What content must look like: a JSON Schema (draft-07, 2019-09 or 2020-12, as its `$schema` says, or else the last),
/// checked before any handler is called.
public struct ConfigSchema: Sendable {
    let schema: JSONSchema

    /// Compiles the text of a schema without `pattern` and `patternProperties`. For these there is
    /// `ConfigSchema(withPatterns:)` in the product `ConfigWatcherSchemas`.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions`, whose message names the part of the schema that is wrong.
    public init(_ json: String) throws(WatcherError) { try self.init(json, patterns: NoPatterns()) }

    /// Compiles the text of a schema.
    ///
    /// - Parameters:
    ///   - json: the text.
    ///   - patterns: compiles what `pattern` and `patternProperties` say.
    /// - Throws: `WatcherError` with code `invalidOptions`, whose message names the part of the schema that is wrong.
    public init(_ json: String, patterns: any SchemaPatterns) throws(WatcherError) {
        do {
            schema = try JSONSchema(parsing: Array(json.utf8), patterns: patterns)
        } catch {
            throw WatcherError(.invalidOptions, error.description)
        }
    }
}

/// A watcher links no library for patterns unless its owner wants it.
private struct NoPatterns: SchemaPatterns {
    func compile(_ pattern: String) throws(SchemaPatternError) -> SchemaPattern {
        throw SchemaPatternError(
            reason: "add the product ConfigWatcherSchemas and use ConfigSchema(withPatterns:), which has patterns.")
    }
}
