package import ConfigModel
import SystemPackage

/// Verifies a log without a registry: in time linear in its length and in bounded memory.
package struct AuditVerifier: Sendable {
    private let key: PublicKey?
    private let head: AuditCheckpoint?
    /// The name of the log; nil when any will do.
    private let log: String?

    /// - Parameters:
    ///   - key: whose checkpoints count; without it nothing is proven.
    ///   - head: a checkpoint that was kept apart from the log: it finds that the end was cut off.
    ///   - log: the name of the log; without it the head's counts.
    /// - Throws: `AuditFault` when the head is not signed with the key, or is about another log.
    package init(key: PublicKey? = nil, head: AuditCheckpoint? = nil, log: String? = nil) throws(AuditFault) {
        if let key, let head, !head.isSigned(by: key) {
            let other = head.signature.keyID
            throw AuditFault(
                line: nil,
                other == key.keyID
                    ? "The signature of the checkpoint that was given does not hold, though it names the key \(other)."
                    : "The checkpoint that was given is signed with the key \(other), and not with the key \(key.keyID)."
            )
        }
        if let log, let head, head.log != log {
            throw AuditFault(
                line: nil,
                "The checkpoint that was given is about the log \(JSONValue.string(head.log)), not about '\(log)'.")
        }
        self.key = key
        self.head = head
        self.log = log ?? head?.log
    }

    /// Reads the log and says what it found.
    ///
    /// - Throws: `AuditLogError.cannotOpen`.
    package func verify(path: String) throws(AuditLogError) -> AuditVerdict { try report(path: path).verdict }

    /// The same with what the audit recorded about the history.
    ///
    /// - Throws: `AuditLogError.cannotOpen`.
    package func report(path: String) throws(AuditLogError) -> AuditReport {
        var findings: [AuditFinding] = []
        do {
            let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
            let verdict = try descriptor.closeAfter { try verify(LineReader(descriptor), &findings) }
            return AuditReport(verdict: verdict, findings: findings)
        } catch let fault as AuditFault {
            return AuditReport(verdict: .bad(fault), findings: findings)
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
    }

    private func verify(_ reader: LineReader, _ findings: inout [AuditFinding]) throws -> AuditVerdict {
        var reader = reader
        var scan = AuditScan()
        var anchor: (line: Int, entries: Int)?
        var lastEntryLine = 0
        var otherKeys: Set<String> = []
        while let line = try next(&reader, after: scan.lines) {
            switch try scan.take(line.bytes) {
            case .entry(let entry):
                if entry.chain != .whole { findings.append(AuditFinding(line: scan.lines, entry)) }
                lastEntryLine = scan.lines
                if try isHead(scan) { anchor = (scan.lines, scan.entries) }
            case .unreadable(let version):
                findings.append(AuditFinding(line: scan.lines, version))
                lastEntryLine = scan.lines
                if try isHead(scan) { anchor = (scan.lines, scan.entries) }
            case .pruned(let versions):
                findings.append(AuditFinding(line: scan.lines, versions))
                lastEntryLine = scan.lines
                if try isHead(scan) { anchor = (scan.lines, scan.entries) }
            case .checkpoint(let checkpoint):
                if try isProof(checkpoint, line: scan.lines) {
                    anchor = (lastEntryLine, scan.entries)
                } else {
                    otherKeys.insert(checkpoint.signature.keyID)
                }
            }
        }
        if let head, scan.entries < head.count {
            throw AuditFault(
                line: scan.lines + 1,
                "It is missing: the log has \(scan.entries) entries, the checkpoint counts \(head.count). The end was cut off."
            )
        }
        guard let key else { return .consistent(lines: scan.lines) }
        guard let anchor else {
            return otherKeys.isEmpty
                ? .consistent(lines: scan.lines)
                : .signedByOthers(lines: scan.lines, keyIDs: otherKeys.sorted(), given: key.keyID)
        }
        return .anchored(line: anchor.line, after: scan.entries - anchor.entries)
    }

    private func next(_ reader: inout LineReader, after lines: Int) throws -> LineReader.Line? {
        let line: LineReader.Line?
        do {
            line = try reader.next()
        } catch is LineTooLong {
            throw AuditFault(line: lines + 1, "It is longer than any line of an audit.")
        }
        guard let line, !line.isComplete else { return line }
        throw AuditFault(
            line: lines + 1,
            "It does not end: the audit was interrupted while it wrote (its next start repairs that), or the file was cut "
                + "off.")
    }

    /// True when the entry that was just read is the one that the head is about.
    private func isHead(_ scan: AuditScan) throws(AuditFault) -> Bool {
        guard let head, head.count == scan.entries else { return false }
        guard head.entryHash == scan.lastHash else {
            throw AuditFault(
                line: scan.lines, "It is not the entry that the checkpoint is about: the log was made anew up to here.")
        }
        return true
    }

    /// True when the checkpoint is signed with the key; one of another key proves nothing.
    private func isProof(_ checkpoint: AuditCheckpoint, line: Int) throws(AuditFault) -> Bool {
        guard let key, checkpoint.signature.keyID == key.keyID else { return false }
        guard checkpoint.isSigned(by: key) else {
            throw AuditFault(line: line, "The signature of the checkpoint does not hold.")
        }
        if let log, checkpoint.log != log {
            throw AuditFault(
                line: line,
                "The checkpoint is about the log \(JSONValue.string(checkpoint.log)), not about '\(log)': this is another log."
            )
        }
        return true
    }
}
