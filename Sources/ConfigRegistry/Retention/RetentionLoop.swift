import AsyncSupport
import Logging

/// Prunes from time to time, when the registry was started with a rule for it.
struct RetentionLoop: Sendable {
    let pruner: Pruner
    let rules: RetentionRules
    let period: Duration
    let counters: Counters<RegistryCounters>
    let logger: Logger

    /// Prunes until cancelled.
    func run() async {
        while (try? await Task.sleep(for: period)) != nil { await prune() }
    }

    private func prune() async {
        do {
            let report = try await pruner.prune(by: rules)
            counters.count { $0.versionsPruned += Int(report.versions) }
            guard !report.marks.isEmpty else { return }
            logger.info(
                "let go of old versions",
                metadata: ["versions": "\(report.versions)", "documents": "\(report.marks.count)"])
        } catch is CancellationError {
            return
        } catch {
            logger.warning("could not let go of old versions; the next run does", metadata: ["error": "\(error)"])
        }
    }
}
