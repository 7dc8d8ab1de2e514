import ConfigModel
import ConfigSignatures
import Foundation
import TestSupport
import Testing

@testable import ConfigAudit

@Suite(.timeLimit(.minutes(1))) struct AuditVerifierTests {
    private let directory: LogDirectory
    private let path: String
    private let sample: SampleLog
    private let signer: RecordSigner

    init() throws {
        directory = try LogDirectory()
        path = directory.file()
        sample = try SampleLog()
        signer = try RecordSigner.generate()
    }

    /// Lines 1 to 3, a checkpoint, lines 5 to 7, a checkpoint.
    @Test func anUnchangedLogIsIntact() async throws {
        try await sample.write(to: path, signer: signer)
        let verdict = try verifier().verify(path: path)
        #expect(verdict == .anchored(line: 7, after: 0))
        #expect("\(verdict)" == "intact, anchored to line 7, 0 lines after it")
    }

    @Test func whatFollowsTheLastCheckpointIsNotProven() async throws {
        try await sample.write(to: path, signer: signer)
        try WholeFile.write(lines: Array(try WholeFile.lines(path).dropLast()), to: path)
        let verdict = try verifier().verify(path: path)
        #expect("\(verdict)" == "intact, anchored to line 3, 3 lines after it")
    }

    @Test func aHeadThatWasKeptApartAnchorsALogWithoutCheckpoints() async throws {
        try await sample.write(to: path, signer: signer)
        let head = try head()
        try WholeFile.write(lines: try entries(), to: path)
        #expect(try verifier(head).verify(path: path) == .anchored(line: 6, after: 0))
        #expect(try verifier().verify(path: path) == .consistent(lines: 6))
    }

    @Test func withoutAKeyNothingIsProven() async throws {
        try await sample.write(to: path, signer: signer)
        let verdict = try AuditVerifier(head: try head()).verify(path: path)
        #expect(verdict == .consistent(lines: 8))
        #expect("\(verdict)".hasPrefix("consistent, not anchored"))
        #expect(!verdict.isAnchored)
    }

    @Test func checkpointsOfAnotherKeyAreNamed() async throws {
        try await sample.write(to: path, signer: signer)
        let other = try RecordSigner.generate().publicKey
        let verdict = try AuditVerifier(key: other).verify(path: path)
        #expect(verdict == .signedByOthers(lines: 8, keyIDs: [signer.publicKey.keyID], given: other.keyID))
        #expect(!verdict.isAnchored)
        #expect(
            "\(verdict)".contains(
                "signed with the key \(signer.publicKey.keyID), and --public-key is the key \(other.keyID)"))
        let head = try head()
        #expect {
            try AuditVerifier(key: other, head: head)
        } throws: { error in
            "\(error)".contains(signer.publicKey.keyID) && "\(error)".contains(other.keyID)
        }
        // Nothing signs it at all.
        try WholeFile.write(lines: try entries(), to: path)
        #expect(try AuditVerifier(key: other).verify(path: path) == .consistent(lines: 6))
    }

    enum Tampering: CaseIterable, Sendable {
        case edit, editAndHashAgain, delete, deleteFirst, insert, swap, cutInside, editCheckpoint, moveCheckpoint
    }

    @Test(
        arguments: [
            (.edit, 2), (.editAndHashAgain, 2), (.delete, 2), (.deleteFirst, 1), (.insert, 3), (.swap, 2),
            (.cutInside, 8),
            (.editCheckpoint, 4), (.moveCheckpoint, 3),
        ] as [(Tampering, Int)])
    func tamperingIsFoundAtItsLine(_ tampering: Tampering, _ line: Int) async throws {
        try await sample.write(to: path, signer: signer)
        var lines = try WholeFile.lines(path)
        switch tampering {
        case .edit: lines[1] = lines[1].replacingLast("tester", by: "testex")
        case .editAndHashAgain: lines[1] = try hashedAgain(lines[1].replacingLast("tester", by: "testex"))
        case .delete: lines.remove(at: 1)
        case .deleteFirst: lines.remove(at: 0)
        case .insert: lines.insert(lines[1], at: 2)
        case .swap: lines.swapAt(1, 2)
        case .cutInside: break
        case .editCheckpoint:
            lines[3] = lines[3].replacingLast("2026", by: "2027").replacingLast("\"at\":\"20", by: "\"at\":\"21")
        case .moveCheckpoint: lines.swapAt(2, 3)
        }
        try WholeFile.write(lines: lines, to: path)
        if tampering == .cutInside { try WholeFile.write(try WholeFile.bytes(path).dropLast(5), to: path) }
        #expect(try badLine(verifier()) == line)
    }

    @Test func everyLineThatIsTakenAwayIsFound() async throws {
        try await sample.write(to: path, signer: signer)
        let head = try head()
        let entries = try entries()
        for number in 1...6 {
            var lines = entries
            lines.remove(at: number - 1)
            try WholeFile.write(lines: lines, to: path)
            #expect(try badLine(verifier(head)) == number)
        }
    }

    @Test(arguments: 0...5) func anEndThatWasCutOffIsFoundByTheHead(_ kept: Int) async throws {
        try await sample.write(to: path, signer: signer)
        let head = try head()
        try WholeFile.write(lines: Array(try entries().prefix(kept)), to: path)
        #expect(try badLine(verifier(head)) == kept + 1)
    }

    @Test func aLogThatWasMadeAnewIsFoundByTheHead() async throws {
        try await sample.write(to: path, signer: signer)
        let head = try head()
        try WholeFile.write([], to: path)
        let forged = RecordChain(sample.parsing.key, (1...7).map { #"{"forged":\#($0)}"# })
        let log = AuditLog(path: path, logger: .silent)
        _ = try await log.open()
        try await log.append(zip(forged.records, [nil] + forged.records).map { SampleLog.draft($0, after: $1) })
        await log.close()
        #expect(try badLine(verifier(head)) == 6)
    }

    @Test func aCheckpointOfAnotherKeyProvesNothing() async throws {
        try await sample.write(to: path, signer: signer)
        let other = try RecordSigner.generate().publicKey
        #expect(try !AuditVerifier(key: other).verify(path: path).isAnchored)
        let head = try head()
        #expect(throws: AuditFault.self) { try AuditVerifier(key: other, head: head) }
    }

    @Test func aVersionThatIsLoggedTwiceIsFoundEvenInAChainThatHolds() async throws {
        try WholeFile.write(lines: chained([sample.drafts[0], sample.drafts[1], sample.drafts[1]]), to: path)
        #expect(try badLine(verifier()) == 3)
    }

    @Test func aVersionThatIsLeftOutIsFoundEvenInAChainThatHolds() async throws {
        try WholeFile.write(lines: chained([sample.drafts[0], sample.drafts[2]]), to: path)
        #expect(try badLine(verifier()) == 2)
    }

    @Test func anEmptyLogIsConsistent() throws {
        try WholeFile.write([], to: path)
        #expect(try verifier().verify(path: path) == .consistent(lines: 0))
    }

    @Test func aFileThatIsNotThereIsNoVerdict() throws {
        let verifier = try verifier()
        #expect(throws: AuditLogError.self) { try verifier.verify(path: path) }
    }

    @Test func aCheckpointOfAnotherLogIsRefusedTheOneThatIsGivenAndThoseInALogThatIsPutInItsPlace() async throws {
        try await sample.write(to: path, signer: signer)
        let head = try head()
        #expect(try AuditVerifier(key: signer.publicKey, head: head, log: "default").verify(path: path).isAnchored)
        #expect(try AuditVerifier(key: signer.publicKey, log: "default").verify(path: path).isAnchored)
        let error = #expect(throws: AuditFault.self) {
            try AuditVerifier(key: signer.publicKey, head: head, log: "eu")
        }
        #expect(error.map { "\($0)".contains("about the log \"default\", not about 'eu'") } == true)
        // The whole log is another's.
        #expect(try badLine(AuditVerifier(key: signer.publicKey, log: "eu")) == 4)
        // The head is another log's, which the same audit key signed.
        let other = try AuditCheckpoint(
            log: "eu", count: head.count, entryHash: head.entryHash, at: head.at, signer: signer)
        #expect(try badLine(AuditVerifier(key: signer.publicKey, head: other)) == 4)
    }

    private func verifier(_ head: AuditCheckpoint? = nil) throws -> AuditVerifier {
        try AuditVerifier(key: signer.publicKey, head: head)
    }

    private func head() throws -> AuditCheckpoint {
        try AuditCheckpoint(parsing: WholeFile.bytes(AuditLog.headPath(of: path)))
    }

    private func entries() throws -> [String] {
        try WholeFile.lines(path).filter { !$0.hasPrefix("{\"log\"") }
    }

    private func badLine(_ verifier: AuditVerifier) throws -> Int? {
        guard case .bad(let fault) = try verifier.verify(path: path) else { return nil }
        return fault.line
    }

    private func hashedAgain(_ line: String) throws -> String {
        let body = String(line.dropLast(#","entry_hash":"sha256:"#.count + 64 + 2))
        return body + #","entry_hash":"\#(Content(canonical: Array((body + "}").utf8)).hash)"}"#
    }

    /// Lines in a chain that holds, whatever they say.
    private func chained(_ drafts: [AuditLog.Draft]) -> [String] {
        var hash: String?
        return drafts.map { draft in
            let line = AuditLine(
                ConfigAudit.AuditEntry(
                    recordedAt: Timestamp(milliseconds: 0), record: draft.record, oldValue: draft.oldValue,
                    chain: draft.chain, previousEntryHash: hash))
            hash = line.entryHash
            return String(decoding: line.bytes, as: UTF8.self)
        }
    }
}

extension String {
    fileprivate func replacingLast(_ part: String, by replacement: String) -> String {
        guard let range = range(of: part, options: .backwards) else { return self }
        return replacingCharacters(in: range, with: replacement)
    }
}
