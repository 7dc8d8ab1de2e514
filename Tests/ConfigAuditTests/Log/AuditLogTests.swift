import ConfigAudit
import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AuditLogTests {
    private let directory: LogDirectory
    private let path: String
    private let sample: SampleLog

    init() throws {
        directory = try LogDirectory()
        path = directory.file()
        sample = try SampleLog()
    }

    @Test func aNewLogIsReadableForItsOwnerOnlyAndKnowsNothing() async throws {
        #expect(try await AuditLog(path: path, logger: .silent).open() == AuditIndex())
        #expect(try WholeFile.mode(path) == 0o600)
        #expect(try WholeFile.bytes(path).isEmpty)
    }

    @Test func aSecondAuditOnTheSameFileIsRefused() async throws {
        let first = AuditLog(path: path, logger: .silent)
        _ = try await first.open()
        await #expect(throws: AuditLogError.inUse(path: path)) {
            _ = try await AuditLog(path: path, logger: .silent).open()
        }
        await first.close()
        _ = try await AuditLog(path: path, logger: .silent).open()
    }

    /// A child that another thread starts at this moment holds a copy of every descriptor until it runs its program.
    @Test func theLockEndsWithTheLogAlsoWhileAChildIsBeingStarted() async throws {
        for _ in 1...100 {
            let log = AuditLog(path: path, logger: .silent)
            _ = try await log.open()
            let copies = try OpenFiles.copies(of: path)
            #expect(copies.count == 1)
            await log.close()
            let next = AuditLog(path: path, logger: .silent)
            _ = try await next.open()
            await next.close()
            OpenFiles.close(copies)
        }
    }

    @Test func aLogThatIsOpenedAgainKnowsWhatItHolds() async throws {
        try await sample.write(to: path)
        let index = try await AuditLog(path: path, logger: .silent).open()
        for chain in [sample.parsing, sample.routing] {
            let last = try #require(chain.records.last)
            #expect(index[chain.key].last(in: last.epoch)?.version == last.version)
            #expect(index[chain.key].last(in: last.epoch)?.recordHash == last.recordHash)
        }
    }

    @Test func theChainGoesOnAfterARestart() async throws {
        for draft in sample.drafts {
            let log = AuditLog(path: path, logger: .silent)
            _ = try await log.open()
            try await log.append([draft])
            await log.close()
        }
        #expect(try AuditVerifier().verify(path: path) == .consistent(lines: 6))
    }

    @Test func aLastLineThatACrashLeftUnfinishedIsRemoved() async throws {
        try await sample.write(to: path)
        let whole = try WholeFile.bytes(path)
        let lines = try WholeFile.lines(path)
        let kept = whole.count - (lines[5].utf8.count + 1)
        for length in stride(from: kept + 1, to: whole.count, by: 7) + [whole.count - 1] {
            try WholeFile.write(Array(whole[..<length]), to: path)
            let log = AuditLog(path: path, logger: .silent)
            let index = try await log.open()
            #expect(index[sample.routing.key].newestVersion == 1)
            #expect(try WholeFile.bytes(path) == Array(whole[..<kept]))
            try await log.append([sample.drafts[5]])
            await log.close()
            #expect(try AuditVerifier().verify(path: path) == .consistent(lines: 6))
        }
    }

    @Test func zerosThatAPowerFailureLeftAreRemoved() async throws {
        try await sample.write(to: path)
        let whole = try WholeFile.bytes(path)
        for remains in [[UInt8](repeating: 0, count: 100), Array("{\"recor".utf8) + [0, 0, 0]] {
            try WholeFile.write(whole + remains, to: path)
            let log = AuditLog(path: path, logger: .silent)
            _ = try await log.open()
            await log.close()
            #expect(try WholeFile.bytes(path) == whole)
        }
    }

    @Test(arguments: [
        "hello", "hello\n", "{}\n", "{\"recorded_at\":\"x\"}\n", "\n", "[1]\n{}", "secret without an end",
    ])
    func aFileThatIsNoLogIsLeftAlone(_ text: String) async throws {
        try WholeFile.write(Array(text.utf8), to: path)
        await #expect {
            _ = try await AuditLog(path: path, logger: .silent).open()
        } throws: { error in
            guard case .damaged(_, let fault)? = error as? AuditLogError else { return false }
            return fault.line == 1
        }
        #expect(try WholeFile.bytes(path) == Array(text.utf8))
    }

    @Test(arguments: 1...5) func aDamagedLineIsNamedAndNothingIsAppended(_ number: Int) async throws {
        try await sample.write(to: path)
        var lines = try WholeFile.lines(path)
        lines[number - 1].removeLast()
        try WholeFile.write(lines: lines, to: path)
        await #expect {
            _ = try await AuditLog(path: path, logger: .silent).open()
        } throws: { error in
            guard case .damaged(_, let fault)? = error as? AuditLogError else { return false }
            return fault.line == number
        }
        #expect(try WholeFile.lines(path) == lines)
    }

    @Test(arguments: ["missing/audit.jsonl", "."]) func aFileThatCannotBeOpenedIsRefused(_ name: String) async throws {
        await #expect {
            _ = try await AuditLog(path: directory.file(name), logger: .silent).open()
        } throws: { error in
            guard case .cannotOpen? = error as? AuditLogError else { return false }
            return true
        }
    }

    @Test func aClosedLogTakesNothing() async throws {
        let log = AuditLog(path: path, logger: .silent)
        _ = try await log.open()
        await log.close()
        await #expect(throws: AuditLogError.closed) { try await log.append(sample.drafts) }
    }

    @Test func withoutAKeyThereAreNoCheckpoints() async throws {
        try await sample.write(to: path)
        #expect(try WholeFile.lines(path).count == 6)
        #expect(!WholeFile.exists(AuditLog.headPath(of: path)))
    }

    @Test func aCheckpointStandsInTheLogAndBesideIt() async throws {
        let signer = try RecordSigner.generate()
        try await sample.write(to: path, signer: signer)
        let lines = try WholeFile.lines(path)
        #expect(lines.count == 8)
        let head = try AuditCheckpoint(parsing: WholeFile.bytes(AuditLog.headPath(of: path)))
        #expect(head.count == 6 && head.isSigned(by: signer.publicKey))
        #expect(lines[7] == String(decoding: head.bytes, as: UTF8.self))
        #expect(lines[6].hasSuffix("\"entry_hash\":\"\(head.entryHash)\"}"))
    }

    @Test func aCheckpointIsMadeOnlyWhenSomethingIsNew() async throws {
        let log = AuditLog(path: path, signer: try RecordSigner.generate(), logger: .silent)
        _ = try await log.open()
        try await log.checkpoint()
        try await log.append([sample.drafts[0]])
        try await log.checkpoint()
        try await log.checkpoint()
        #expect(try WholeFile.lines(path).count == 2)
    }

    @Test func aHundredEntriesAreDueForACheckpoint() async throws {
        let chain = RecordChain(try DocumentKey(service: "a"), (1...100).map { #"{"n":\#($0)}"# })
        let log = AuditLog(path: path, signer: try RecordSigner.generate(), logger: .silent)
        _ = try await log.open()
        let drafts = zip(chain.records, [nil] + chain.records).map { SampleLog.draft($0, after: $1) }
        try await log.append(Array(drafts.dropLast()))
        #expect(await !log.isCheckpointDue)
        try await log.append([drafts[99]])
        #expect(await log.isCheckpointDue)
    }
}
