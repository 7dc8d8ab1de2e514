import AsyncSupport
import ChangeChecks
import ConfigModel

/// Has a draft looked at by all checks.
///
/// Large contents are checked on two threads of their own: those that serve connections, and those of Swift's pool, stay
/// free for other requests.
struct CheckRunner: Sendable {
    /// What is smaller is checked where the write runs.
    static let smallBytes = 16_384
    private static let width = 2

    private let checks: [any ChangeCheck]
    private let threads = QueuePoolExecutor(label: "configbus.checks", width: Self.width)

    init(_ checks: [any ChangeCheck]) { self.checks = checks }

    /// What all checks say together, in their order.
    func report(
        on draft: VersionRecord, after head: VersionRecord?, among companions: CompanionDrafts
    ) async throws(RegistryError) -> CheckReport {
        let bytes = max(draft.content.bytes.count, head?.content.bytes.count ?? 0)
        guard bytes > Self.smallBytes else { return try await allReports(on: draft, after: head, among: companions) }
        return try await withTaskExecutorPreference(threads) { () async throws(RegistryError) in
            try await allReports(on: draft, after: head, among: companions)
        }
    }

    private func allReports(
        on draft: VersionRecord, after head: VersionRecord?, among companions: CompanionDrafts
    ) async throws(RegistryError) -> CheckReport {
        let change = try CheckedChange(draft, after: head, among: companions)
        var all = CheckReport()
        for check in checks {
            let report = try await check.report(on: change)
            all.findings += report.findings
            all.warnings += report.warnings
        }
        return all
    }
}
