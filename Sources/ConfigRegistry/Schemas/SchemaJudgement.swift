import AsyncSupport
import ChangeChecks
import ConfigModel
import MetricsExposition
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
    let counters: Counters<RegistryCounters>

    /// The findings about a content as the schema sees it.
    ///
    /// - Parameters:
    ///   - content: the document's own.
    ///   - base: the default environment's content that it is merged over; nil where it stands alone.
    ///   - environment: which document is meant, where it is another than the one that is written.
    ///   - limit: at most so many.
    ///   - work: what the check may cost.
    func findings(
        in content: JSONObject, over base: JSONObject?, environment: String? = nil, atMost limit: Int,
        work: Int = JSONSchema.maximumWork
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
        let beganAt = ContinuousClock.now
        let violations: [SchemaViolation]
        do {
            violations = try schema.compiled.violations(in: .object(document), atMost: limit, work: work)
        } catch {
            throw Self.tooMuchWork
        }
        counters.count { $0.schemaChecks.note(ContinuousClock.now - beganAt) }
        return violations.map { violation in
            CheckFinding(
                .schema, rule: violation.keyword, pointer: violation.pointer, keyword: violation.keyword,
                schemaPointer: violation.schemaPointer, environment: environment, message: violation.message,
                override: override?.rawValue
            ).shown
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

extension Content {
    /// The content as a value.
    func readContent() throws(RegistryError) -> JSONObject {
        do {
            return try object
        } catch {
            throw .unavailable("A content that the store holds cannot be read: \(error)")
        }
    }
}
