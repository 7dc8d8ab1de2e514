import ConfigAudit
import ConfigModel
import TestSupport
import Testing

/// Versions that the registry let go while the audit was away: one line says so, nothing is made up, and the audit goes on.
@Suite(.timeLimit(.minutes(1)))
struct AuditGapTests {
    private let key: DocumentKey

    init() throws { key = try DocumentKey(service: "parsing", environment: "prod") }

    private func chain(_ count: Int) -> RecordChain { RecordChain(key, (1...count).map { #"{"n":\#($0)}"# }) }

    /// The last version that is gone, of 60, and how many are read at a time.
    @Test(arguments: [(1, 100), (4, 100), (59, 100), (40, 3), (41, 3), (1, 1)] as [(Int64, Int)])
    func aLogThatBeginsLateHasOneLineForWhatIsGone(through: Int64, pageSize: Int) async throws {
        var bench = try AuditBench()
        bench.options.pageSize = pageSize
        let source = RecordedSource(chain(60))
        source.change { $0.pruned = through }
        try await bench.withAudit(source) { audit in
            let lines = try await bench.entries(Int(60 - through) + 1)
            #expect(lines.first?.gap == #"{"from":1,"to":\#(through)}"#)
            #expect(lines.dropFirst().map(\.version) == Array(through + 1...60))
            #expect(lines.dropFirst().map(\.chain) == ["missing"] + Array(repeating: nil, count: Int(59 - through)))
            #expect(audit.counters.pruned == Int(through))
            #expect(audit.counters.broken == 0)
        }
    }

    /// What cannot follow a line about versions 3 to 5: the same again, one inside, an entry inside.
    @Test(arguments: [3...5, 4...4, 5...7] as [ClosedRange<Int64>])
    func aGapThatIsThereIsNoGapAgain(numbers: ClosedRange<Int64>) async throws {
        let bench = try AuditBench()
        let log = AuditLog(path: bench.path, logger: .silent)
        _ = try await log.open()
        let epoch = chain(1).records[0].epoch
        try await log.append([3...5, numbers].map { .pruned(PrunedVersions(key: key, numbers: $0, epoch: epoch)) })
        await log.close()
        guard case .bad(let fault) = try AuditVerifier().report(path: bench.path).verdict else {
            Issue.record("the log is taken")
            return
        }
        #expect(fault.line == 2)
    }

    @Test func anEntryInsideAGapIsAFault() async throws {
        let bench = try AuditBench()
        let log = AuditLog(path: bench.path, logger: .silent)
        _ = try await log.open()
        let records = chain(4).records
        try await log.append([
            .pruned(PrunedVersions(key: key, numbers: 1...4, epoch: records[0].epoch)),
            .version(AuditLog.Draft(record: records[3], oldValue: nil, chain: .missing)),
        ])
        await log.close()
        guard case .bad(let fault) = try AuditVerifier().report(path: bench.path).verdict else {
            Issue.record("the log is taken")
            return
        }
        #expect(fault.line == 2)
    }

    @Test func anAuditThatWasAwaySaysOnceWhatItMissed() async throws {
        let bench = try AuditBench()
        let source = RecordedSource(chain(2))
        try await bench.withAudit(source) { _ in _ = try await bench.entries(2) }
        source.set(chain(8))
        source.change { $0.pruned = 5 }
        for _ in 1...2 {
            try await bench.withAudit(source) { audit in
                let lines = try await bench.entries(6)
                try await bench.isDone(audit)
                #expect(try bench.entries() == lines)
                #expect(lines.map(\.gap) == [nil, nil, #"{"from":3,"to":5}"#, nil, nil, nil])
                #expect(lines.map(\.version) == [1, 2, 0, 6, 7, 8])
            }
        }
        let report = try AuditVerifier().report(path: bench.path)
        #expect(report.verdict == .consistent(lines: 6))
        #expect(report.findings.allSatisfy { !$0.isBroken })
        #expect(report.findings.first?.detail.hasPrefix("Versions 3 to 5 of parsing/prod are missing") == true)
    }
}
