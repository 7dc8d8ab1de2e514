import ConfigModel
import RE2Patterns
import SchemaValidation

/// A JSON Schema in a file, with which documents are checked without a registry.
struct SchemaFile {
    private let schema: JSONSchema

    /// Reads and compiles it.
    init(_ path: String) throws {
        let object = try ContentArgument.content(of: path, format: nil, flag: "--schema").object
        do {
            schema = try JSONSchema(.object(object), patterns: RE2Patterns())
        } catch {
            throw CommandFailure.refused("\(path): \(error)")
        }
        for warning in schema.warnings {
            Warning.say("\(path): \(warning.pointer.isEmpty ? "" : "\(warning.pointer): ")\(warning.message)")
        }
    }

    /// As many as a registry names.
    private static let mostFindings = 100

    /// What it says of a document.
    func verdict(on content: Content, _ key: DocumentKey) throws -> DocumentVerdict {
        let findings: [CheckFinding]
        do {
            findings = try schema.violations(in: .object(content.object), atMost: Self.mostFindings).map {
                CheckFinding(
                    .schema, rule: $0.keyword, pointer: $0.pointer, keyword: $0.keyword,
                    schemaPointer: $0.schemaPointer, message: $0.message)
            }
        } catch let error as SchemaWorkExceeded {
            throw CommandFailure.refused(error.description)
        }
        var json = JSONObject()
        json["valid"] = .bool(findings.isEmpty)
        json["content_hash"] = .string(content.hash)
        json["service_name"] = .string(key.service)
        json["environment"] = .string(key.environment)
        json["findings"] = .array(findings.map(\.json))
        return DocumentVerdict(
            key: key, isValid: findings.isEmpty, findings: findings, json: .object(json))
    }
}
