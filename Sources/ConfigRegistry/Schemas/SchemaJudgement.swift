import ChangeChecks
import ConfigModel
import SchemaValidation

/// Says what of a document does not fit the schema of its service.
struct SchemaJudgement: Sendable {
    /// How a finding is let pass.
    enum Override: String, Sendable {
        /// A version that does not fit.
        case document = "schema"
        /// A schema that heads do not fit.
        case breaks = "schema-breaks"
    }

    let schema: ServiceSchema
    let override: Override?

    /// The findings about a content as the schema sees it.
    ///
    /// - Parameters:
    ///   - content: the document's own.
    ///   - base: the default environment's content that it is merged over; nil where it stands alone.
    ///   - environment: which document is meant, where it is another than the one that is written.
    ///   - limit: at most so many.
    func findings(
        in content: JSONObject, over base: JSONObject?, environment: String? = nil, atMost limit: Int
    ) throws(RegistryError) -> [CheckFinding] {
        let document: JSONObject
        if let base {
            var budget = WorkBudget(WorkBudget.defaultElements)
            do {
                document = try MergePatch.merge(content, into: base, budget: &budget)
            } catch {
                throw Self.tooMuchWork
            }
        } else {
            document = content
        }
        let violations: [SchemaViolation]
        do {
            violations = try schema.compiled.violations(in: .object(document), atMost: limit)
        } catch {
            throw Self.tooMuchWork
        }
        return violations.map { violation in
            CheckFinding(
                .schema, rule: violation.keyword, pointer: SecretCheck.shown(violation.pointer),
                keyword: violation.keyword,
                schemaPointer: violation.schemaPointer, environment: environment, message: violation.message,
                override: override?.rawValue)
        }
    }

    /// A head that cannot be read, and so cannot be said to fit.
    func finding(about head: String, environment: String?) -> CheckFinding {
        CheckFinding(
            .schema, rule: "damaged", pointer: "", environment: environment, message: head, override: override?.rawValue
        )
    }

    private static let tooMuchWork = RegistryError.tooMuchWork(
        "Checking this against the schema takes more work than one request may; make the schema or the document simpler. "
            + "Nothing was stored.")
}

extension VersionRecord {
    /// The content as a value.
    func readContent() throws(RegistryError) -> JSONObject {
        do {
            return try content.object
        } catch {
            throw .unavailable("The content of version \(version) of \(key) cannot be read: \(error)")
        }
    }
}
