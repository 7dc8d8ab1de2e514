import SchemaValidation
public import WatcherCore

/// What content must look like: a JSON Schema (draft-07), checked before any handler is called.
public struct ConfigSchema: Sendable {
    let schema: JSONSchema

    /// Compiles the text of a schema.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions`, whose message names the part of the schema that is wrong.
    public init(_ json: String) throws(WatcherError) {
        do {
            schema = try JSONSchema(Array(json.utf8))
        } catch {
            throw WatcherError(.invalidOptions, error.description)
        }
    }
}
