import AsyncSupport
import ConfigStore
import Logging

/// Prunes from time to time, when the registry was started with a rule for it.
struct RetentionLoop: Sendable {
    let pruner: Pruner
    let rules: RetentionRules
    let period: Duration
    let counters: Counters<RegistryCounters>
    let damage: DamageBook
    let logger: Logger

    /// Prunes until cancelled.
    func run() async {
        while (try? await Task.sleep(for: period)) != nil { await prune() }
    }

    private func prune() async {
        do {
            let report = try await pruner.prune(by: rules)
            counters.count { $0.versionsPruned += Int(report.versions) }
            damage.record(report.damaged)
            if !report.damaged.isEmpty {
                logger.warning(
                    "damaged versions keep documents from being pruned",
                    metadata: ["versions": "\(report.damaged.prefix(10).map(\.description).joined(separator: " "))"])
            }
            guard !report.marks.isEmpty else { return }
            logger.info(
                "pruned old versions",
                metadata: ["versions": "\(report.versions)", "documents": "\(report.marks.count)"])
        } catch is CancellationError {
            return
        } catch {
            logger.warning("old versions could not be pruned; the next run goes on", metadata: ["error": "\(error)"])
        }
    }
}
