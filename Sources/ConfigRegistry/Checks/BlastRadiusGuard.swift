import ChangeChecks
import ConfigModel

/// Refuses a version that takes away, or adds, more than a change by intent does.
struct BlastRadiusGuard: ChangeCheck {
    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        guard !change.draft.key.isReserved, let head = change.head, let headContent = change.headContent,
            head.content.hash != change.draft.content.hash
        else { return CheckReport() }
        let report = BlastRadius.report(
            of: .object(change.content), bytes: change.draft.content.bytes.count, after: .object(headContent),
            bytes: head.content.bytes.count)
        return change.isRollback ? report.warning { _ in true } : report
    }
}
