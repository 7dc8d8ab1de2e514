import ConfigModel
import Glibc
import RegistryClient
import TestSupport

extension FaultEvidence {
    /// What all checkers found, each with the document that it is about.
    func violations() async throws -> [String] {
        var violations: [String] = []
        for document in documents {
            let found = Self.violations(of: document) + (try watcherViolations(document))
            violations += found.map { "\(document.key): \($0)" }
        }
        if world.heard.unreadable > 0 { violations.append("\(world.heard.unreadable) announcements cannot be read") }
        violations += AuditCheck.brokenLinks(in: log)
        return violations + (try await auditViolations())
    }

    private static func violations(of document: Document) -> [String] {
        let history = document.history
        var violations = HistoryCheck.violations(in: history)
        violations += AcknowledgementCheck.violations(of: document.operations, in: history)
        violations += CompareAndSetCheck.violations(of: document.operations, in: history)
        violations += AnnouncementCheck.violations(of: document.announcements.map(\.event), for: history)
        violations += AuditCheck.violations(of: document.audit, for: history)
        violations += HandlerCheck.violations(of: document.deliveries, for: history)
        violations += document.operations.compactMap(\.shutOut)
        if document.file != history.last?.content.bytes {
            violations.append("the watcher's file does not hold the head")
        }
        let others = Set(history.map(\.changeID)).subtracting(document.operations.map(\.changeID))
        // The first version is the bench's own.
        if others.count != 1 { violations.append("\(others.count) versions were made by nobody's change") }
        return violations
    }

    private func watcherViolations(_ document: Document) throws -> [String] {
        try FaultWatcher.allCases.flatMap { watcher in
            let runs = world.runs(of: watcher)
            return try runs.enumerated().flatMap { index, run in
                WatcherCheck.violations(
                    of: try run.lines(about: document.key), for: document.history, isOver: index == runs.count - 1
                ).map { "watcher '\(watcher)': \($0)" }
            }
        }
    }

    /// Ends the audit in order, which makes a last checkpoint, and lets the program itself verify the log.
    private func auditViolations() async throws -> [String] {
        guard let audit = world.audits.last else { return ["there is no audit"] }
        audit.process.send(SIGTERM)
        guard try await audit.process.waitForExit() == .exited(0) else { return ["the audit did not end in order"] }
        let verdict = try await world.bench.configbus(
            "audit", "verify", "--file", audit.file, "--public-key", world.keys.publicKey, "--head",
            "\(audit.file).head")
        return verdict.status == .exited(0) ? [] : ["audit verify: \(verdict.output)\(verdict.errors)"]
    }
}

extension WriteOperation {
    /// That its writer was taken for somebody without the right to write, which no fault excuses.
    fileprivate var shutOut: String? {
        guard case .refused(let reason) = outcome else { return nil }
        let codes = [RegistryClientError.Code.unauthorized, .forbidden]
        return codes.contains { reason.hasPrefix($0.rawValue) } ? "a writer was shut out: \(reason)" : nil
    }
}
