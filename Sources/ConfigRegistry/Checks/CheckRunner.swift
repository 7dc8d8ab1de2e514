import ChangeChecks
import ConfigModel

/// Has a draft looked at by all checks: a large one where checks are made that take long.
struct CheckRunner: Sendable {
    /// What is smaller is looked at where the write runs.
    static let smallBytes = 16_384

    private let checks: [any ChangeCheck]
    let threads: CheckThreads

    init(_ checks: [any ChangeCheck], threads: CheckThreads) {
        self.checks = checks
        self.threads = threads
    }

    /// What all checks say together, in their order. No finding shows a key that looks like a secret, whichever check it is of.
    func report(
        on draft: VersionRecord, after head: VersionRecord?, among companions: CompanionDrafts
    ) async throws(RegistryError) -> CheckReport {
        let bytes = max(draft.content.bytes.count, head?.content.bytes.count ?? 0)
        // Of a schema only its documents take long, which are checked one by one.
        guard bytes > Self.smallBytes, !draft.key.isSchema else {
            return try await report(on: try CheckedChange(draft, after: head, among: companions))
        }
        return try await threads.run(for: draft.key.service) { () async throws(RegistryError) in
            var change = try CheckedChange(draft, after: head, among: companions)
            change.isOnCheckThread = true
            return try await report(on: change)
        }
    }

    private func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        var all = CheckReport()
        for check in checks {
            let report = try await check.report(on: change)
            all.findings += report.findings
            all.warnings += report.warnings
        }
        return all.shown
    }
}
