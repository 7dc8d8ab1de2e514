import ConfigModel

/// What a verification found, of the log and of the history that it holds.
package struct AuditReport: Sendable, Equatable {
    /// What was found.
    package let verdict: AuditVerdict
    /// What the audit itself recorded when it wrote the log, in order.
    package let findings: [AuditFinding]

    /// True when the log is proven and holds no history that was rewritten.
    package var isGood: Bool { verdict.isAnchored && !findings.contains(where: \.isBroken) }
}

/// A line about something wrong in the registry's store.
package struct AuditFinding: Sendable, Equatable {
    /// The number of the line, from 1.
    package let line: Int
    /// One sentence.
    package let detail: String
    /// True when it is about a history that was rewritten; otherwise something could not be read.
    package let isBroken: Bool

    init(line: Int, _ entry: AuditEntry) {
        self.line = line
        let version = "Version \(entry.record.version) of \(entry.record.key)"
        isBroken = entry.chain == .broken
        detail =
            isBroken
            ? "\(version) does not hang on the version before it: the history was rewritten."
            : "The version before \(entry.record.version) of \(entry.record.key) was missing or could not be read."
    }

    init(line: Int, _ version: UnreadableVersion) {
        self.line = line
        isBroken = false
        detail = "Version \(version.version) of \(version.key) could not be read: \(version.reason)"
    }

    init(line: Int, _ versions: PrunedVersions) {
        self.line = line
        isBroken = false
        detail =
            "Versions \(versions.numbers.lowerBound) to \(versions.numbers.upperBound) of \(versions.key) are missing: they "
            + "were not kept long enough for the audit to read them."
    }
}

extension AuditFinding: CustomStringConvertible {
    package var description: String { "line \(line): \(detail)" }
}
