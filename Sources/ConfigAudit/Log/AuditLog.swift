import AsyncSupport
package import ConfigModel
package import ConfigSignatures
package import Logging

/// The log of all changes: one JSON line an entry, in a chain of hashes, with signed checkpoints when there is a key.
///
/// Reading, writing and waiting for the disk block; they happen on a queue of its own.
package actor AuditLog {
    /// An entry that is not written yet.
    package struct Draft: Sendable {
        let record: VersionRecord
        let oldValue: Content?
        let chain: AuditEntry.Chain
        let isOldValueDamaged: Bool

        /// Puts what an entry is made of together.
        package init(
            record: VersionRecord, oldValue: Content?, chain: AuditEntry.Chain, isOldValueDamaged: Bool = false
        ) {
            self.record = record
            self.oldValue = oldValue
            self.chain = chain
            self.isOldValueDamaged = isOldValueDamaged
        }
    }

    /// What one line is about.
    package enum Item: Sendable {
        case version(Draft)
        case unreadable(UnreadableVersion)
        case pruned(PrunedVersions)
    }

    /// The name of a log without a name.
    package static let defaultName = "default"

    /// How many entries may stand behind the last checkpoint.
    static let checkpointInterval = 100

    private let executor = QueueExecutor(label: "configbus.audit.log")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private let name: String
    private let signer: RecordSigner?
    private let logger: Logger
    private var file: AuditFile?
    private var entries = 0
    private var lastHash: String?
    private var checkpointed = 0
    private var newestCheckpoint: AuditCheckpoint?

    /// - Parameters:
    ///   - path: the file; the newest checkpoint lies beside it as `<path>.head`.
    ///   - name: what its checkpoints call it.
    ///   - signer: signs checkpoints; without one there are none.
    package init(
        path: String, name: String = AuditLog.defaultName, signer: RecordSigner? = nil, logger: Logger
    ) {
        self.path = path
        self.name = name
        self.signer = signer
        self.logger = logger
    }

    /// The file of the newest checkpoint.
    package nonisolated static func headPath(of path: String) -> String { path + ".head" }

    /// Takes the lock, reads the whole log and checks it, and removes a last line that a crash left unfinished.
    ///
    /// - Returns: which versions it holds.
    /// - Throws: `AuditLogError`, also when anything but the end of the last line is not what an audit wrote.
    package func open() throws(AuditLogError) -> AuditIndex {
        let file = try AuditFile.open(path: path)
        var scan = AuditScan()
        let rest = try file.readLines { line throws(AuditFault) in _ = try scan.take(line.bytes) }
        if let rest {
            guard Self.isUnfinished(rest.bytes) else {
                let fault = AuditFault(
                    line: scan.lines + 1, "It does not end, and it is not the beginning of an entry.")
                throw .damaged(path: path, fault)
            }
            logger.warning(
                "the last line of the audit log was unfinished and is removed; its version is read from the registry again",
                metadata: ["path": "\(path)", "line": "\(scan.lines + 1)", "bytes": "\(rest.bytes.count)"])
        }
        try file.settle()
        self.file = file
        (entries, lastHash, checkpointed) = (scan.entries, scan.lastHash, scan.checkpointed)
        return scan.index
    }

    /// Appends entries in one write and returns when they are on the disk.
    ///
    /// - Throws: `AuditLogError`; nothing was appended then.
    package func append(_ drafts: [Draft]) throws(AuditLogError) { try append(drafts.map { .version($0) }) }

    /// Appends lines in one write and returns when they are on the disk.
    ///
    /// - Throws: `AuditLogError`; nothing was appended then.
    package func append(_ items: [Item]) throws(AuditLogError) {
        guard let file else { throw .closed }
        guard !items.isEmpty else { return }
        let recordedAt = Timestamp.now
        var bytes: [UInt8] = []
        var hash = lastHash
        for item in items {
            let line = item.line(recordedAt: recordedAt, previousEntryHash: hash)
            bytes.append(contentsOf: line.bytes)
            bytes.append(UInt8(ascii: "\n"))
            hash = line.entryHash
        }
        try file.append(bytes)
        lastHash = hash
        entries += items.count
    }

    /// True when so many entries stand behind the last checkpoint that it is time for the next.
    package var isCheckpointDue: Bool { signer != nil && entries - checkpointed >= Self.checkpointInterval }

    /// Appends a checkpoint and replaces the one beside the log, unless nothing is new or there is no key.
    ///
    /// - Returns: the newest checkpoint of this run; nil when there is none.
    @discardableResult
    package func checkpoint() throws(AuditLogError) -> AuditCheckpoint? {
        guard let file else { throw .closed }
        guard let signer, let lastHash, entries > checkpointed else { return newestCheckpoint }
        let checkpoint: AuditCheckpoint
        do {
            checkpoint = try AuditCheckpoint(
                log: name, count: entries, entryHash: lastHash, at: Timestamp.now, signer: signer)
        } catch {
            throw .cannotSign("\(error)")
        }
        let line = checkpoint.bytes + [UInt8(ascii: "\n")]
        let head = Self.headPath(of: path)
        do {
            try DurableFile.replace(head, with: line)
        } catch {
            throw .cannotWrite(path: head, reason: "\(error)")
        }
        try file.append(line)
        checkpointed = entries
        newestCheckpoint = checkpoint
        return checkpoint
    }

    /// Releases the file.
    package func close() { file = nil }

    /// True for the beginning of a line, perhaps followed by what a power failure left of the blocks behind it.
    private static func isUnfinished(_ rest: [UInt8]) -> Bool {
        let text = rest.prefix { $0 != 0 }
        return AuditLine.openings.contains { text.starts(with: $0.utf8) || $0.utf8.starts(with: text) }
    }
}

extension AuditLog.Item {
    fileprivate func line(recordedAt: Timestamp, previousEntryHash: String?) -> AuditLine {
        switch self {
        case .version(let draft):
            AuditLine(
                AuditEntry(
                    recordedAt: recordedAt, record: draft.record, oldValue: draft.oldValue, chain: draft.chain,
                    isOldValueDamaged: draft.isOldValueDamaged, previousEntryHash: previousEntryHash))
        case .unreadable(let version):
            AuditLine(version, recordedAt: recordedAt, previousEntryHash: previousEntryHash)
        case .pruned(let versions):
            AuditLine(versions, recordedAt: recordedAt, previousEntryHash: previousEntryHash)
        }
    }
}
