import ChangeChecks
import ConfigModel
import SchemaValidation

/// A compiled schema and what it is applied to. All services with the same content of `~schema` share one.
struct ServiceSchema: Sendable {
    /// What has to fit.
    let checks: SchemaDocument.Checks
    /// The schema's hash.
    let hash: String
    let compiled: JSONSchema

    /// - Throws: `RegistryError.invalidSchema` with what is wrong first.
    init(_ document: SchemaDocument, patterns: any SchemaPatterns) throws(RegistryError) {
        checks = document.checks
        hash = document.hash
        do {
            compiled = try JSONSchema(document.schema, patterns: patterns, formats: .asserted)
        } catch {
            throw .invalidSchema(SchemaProblem.all(of: error))
        }
    }

    /// What the author should know of a schema that can be used.
    var warnings: [CheckFinding] {
        compiled.warnings.map { warning in
            CheckFinding(
                .schema, rule: "keyword", pointer: "", schemaPointer: warning.pointer, message: warning.message
            ).shown
        }
    }
}
