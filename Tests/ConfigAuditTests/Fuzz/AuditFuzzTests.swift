import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@testable import ConfigAudit

/// Whatever a log or a checkpoint holds, reading it ends with the entry that was written or with a fault that names it.
@Suite(.timeLimit(.minutes(60))) struct AuditFuzzTests {
    @Test func lines() async throws {
        let entries = try SampleLog().drafts.map { draft in
            AuditEntry(
                recordedAt: Timestamp(milliseconds: 1_795_000_000_000), record: draft.record, oldValue: draft.oldValue,
                chain: draft.chain, previousEntryHash: nil)
        }
        await Fuzz.run("audit lines", corpus: entries.map { AuditLine($0).bytes }) { line in
            var scan = AuditScan()
            guard case .entry(let entry)? = try? scan.take(line) else { return }
            #expect(AuditLine(entry).bytes == line)
        }
    }

    @Test func checkpoints() async throws {
        let signer = try RecordSigner(seed: Array(0..<32))
        let checkpoint = try AuditCheckpoint(
            log: "audit", count: 7, entryHash: SHA256Text.hash([]), at: Timestamp(milliseconds: 1_795_000_000_000),
            signer: signer)
        try await Fuzz.run("checkpoints", corpus: [checkpoint.bytes]) { (text) throws in
            guard let read = try? AuditCheckpoint(parsing: text) else { return }
            #expect(try AuditCheckpoint(parsing: read.bytes) == read)
            #expect(!read.isSigned(by: signer.publicKey) || read == checkpoint)
        }
    }
}
