import AsyncSupport
import ConfigModel
import Logging
import RegistryClient

/// Makes checkpoints and gives each to the registry, which keeps the newest apart from the log.
actor AnchorKeeper {
    private let log: AuditLog
    private let source: any AuditSource
    private let name: String
    private let counters: Counters<AuditCounters>
    private let logger: Logger
    private var anchored = 0
    /// Why the last checkpoint was not kept: said once, and not every ten seconds.
    private var lastFailure: String?

    init(log: AuditLog, source: any AuditSource, name: String, counters: Counters<AuditCounters>, logger: Logger) {
        self.log = log
        self.source = source
        self.name = name
        self.counters = counters
        self.logger = logger
    }

    /// Does what is due; what fails is logged, counted and done again the next time.
    func checkpoint() async {
        do {
            guard let checkpoint = try await log.checkpoint(), checkpoint.count > anchored else { return }
            await anchor(checkpoint)
        } catch {
            counters.count { $0.failures.writes += 1 }
            logger.error("a checkpoint of the audit could not be made", metadata: ["error": "\(error)"])
        }
    }

    private func anchor(_ checkpoint: AuditCheckpoint) async {
        do throws(RegistryClientError) {
            try await source.raiseAnchor(of: name, to: checkpoint.bytes)
            anchored = checkpoint.count
            lastFailure = nil
        } catch {
            counters.count { $0.failures.anchors += 1 }
            defer { lastFailure = error.message }
            guard error.message != lastFailure else { return }
            switch error.code {
            case .conflict:
                logger.critical(
                    "the audit log is not the one that the registry knows", metadata: ["error": "\(error.message)"])
            case .forbidden, .unauthorized:
                // Waiting does not help.
                logger.error(
                    "the registry takes no checkpoints from this audit", metadata: ["error": "\(error.message)"])
            default:
                logger.notice(
                    "the registry does not keep the newest checkpoint yet", metadata: ["error": "\(error.message)"])
            }
        }
    }
}
