import ChangeChecks
import ConfigModel

/// Refuses a version whose content, comment or author looks like a secret.
struct SecretGuard: ChangeCheck {
    /// Which values of a content are no secrets, as its schema says: JSON pointers.
    typealias Exceptions = @Sendable (_ change: CheckedChange) async throws(RegistryError) -> Set<String>

    /// Nil when no schema is asked. It is asked only about contents in which something was found.
    var exceptions: Exceptions?

    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        var report = Self.report(on: change, notSecret: [])
        if let exceptions, report != CheckReport() {
            report = Self.report(on: change, notSecret: try await exceptions(change))
        }
        // The content was accepted once; what is said about the rollback is new.
        return change.isRollback ? report.warning(where: \.isAboutTheContent) : report
    }

    private static func report(on change: CheckedChange, notSecret: Set<String>) -> CheckReport {
        // What the registry keeps for itself names values and holds none: a schema has a property `password`.
        let isSearched = !change.draft.key.isReserved
        return SecretCheck.report(
            content: .object(isSearched ? change.content : JSONObject()), comment: change.draft.comment,
            author: change.draft.createdBy, head: isSearched ? change.headContent.map { .object($0) } : nil,
            notSecret: notSecret)
    }
}

extension CheckReport {
    /// The same, where some findings only warn.
    func warning(where isHarmless: (CheckFinding) -> Bool) -> CheckReport {
        CheckReport(
            findings: findings.filter { !isHarmless($0) }, warnings: findings.filter(isHarmless) + warnings)
    }
}

extension CheckFinding {
    /// Not about a text beside it.
    fileprivate var isAboutTheContent: Bool { pointer.isEmpty || pointer.hasPrefix("/") }
}
