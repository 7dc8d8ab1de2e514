import ConfigAudit
import ConfigModel
import ConfigSignatures
import RegistryClient
import TestSupport
import Testing

/// A version that the registry cannot read gets one line that says so, and nothing waits for it.
@Suite(.timeLimit(.minutes(1))) struct AuditDamageTests {
    private let bench: AuditBench
    private let key: DocumentKey
    private let chain: RecordChain
    private let other: RecordChain

    init() throws {
        bench = try AuditBench()
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, (1...6).map { #"{"n":\#($0)}"# })
        other = RecordChain(try DocumentKey(service: "other"), ["{}", #"{"a":1}"#])
    }

    /// Damaged from the beginning: at the beginning, in the middle, several in a row, at the end, everywhere.
    @Test(arguments: [[1], [3], [2, 3], [6], [5, 6], [1, 3, 6], [1, 2, 3, 4, 5, 6]] as [Set<Int64>])
    func eachDamagedVersionHasOneLine(_ damaged: Set<Int64>) async throws {
        let source = RecordedSource(chain, other)
        source.change { $0.damaged = damaged }
        let otherVersions = other.records.filter { !damaged.contains($0.version) }.count
        try await bench.withAudit(source) { audit in
            if damaged.contains(6) { try await bench.announce(chain.records[5]) }
            let lines = try await bench.entries(6 + 2).filter { $0.key == "\(key)" }
            #expect(lines.map(\.version) == Array(1...6))
            for line in lines {
                #expect((line.damaged != nil) == damaged.contains(line.version), "\(line)")
                let isAfterDamaged = damaged.contains(line.version - 1)
                guard line.damaged == nil else { continue }
                #expect(line.isOldValueDamaged == isAfterDamaged)
                #expect(line.chain == (isAfterDamaged ? "missing" : nil))
                #expect(line.old == (isAfterDamaged || line.version == 1 ? "null" : #"{"n":\#(line.version - 1)}"#))
            }
            #expect(audit.counters.damaged == damaged.count + 2 - otherVersions)
            // It is looked at again, and said once.
            try await bench.announce(chain.records[5])
            try await bench.isDone(audit)
            #expect(try bench.entries().count == 8)
        }
        try await bench.withAudit(source) { audit in
            try await bench.isDone(audit)
            #expect(try bench.entries().count == 8, "a new start says nothing twice")
        }
        let report = try AuditVerifier().report(path: bench.path)
        #expect(report.verdict == .consistent(lines: 8))
        #expect(report.findings.count >= damaged.count)
        #expect(report.findings.allSatisfy { !$0.isBroken })
    }

    @Test func aVersionThatIsInTheLogMayBeDamagedLaterTheNextOneIsWrittenWithoutItsOldValue() async throws {
        let source = RecordedSource(chain, other)
        var chain = chain
        try await bench.withAudit(source) { audit in
            _ = try await bench.entries(8)
            let next = chain.append(#"{"n":7}"#)
            source.set(chain)
            source.change { $0.damaged = [6] }
            try await bench.announce(next)
            let last = try #require(try await bench.entries(9).last)
            #expect(last.version == 7 && last.isOldValueDamaged && last.old == "null")
            #expect(last.chain == nil, "the log knows what it hangs on")
            #expect(audit.counters.damaged == 0)
        }
        #expect(try AuditVerifier().report(path: bench.path).findings == [])
    }

    @Test func aHistoryThatWasRewrittenIsAFindingThatFailsAVerification() async throws {
        let source = RecordedSource(chain)
        let signer = try RecordSigner.generate()
        try await bench.withAudit(source, signer: signer) { _ in
            _ = try await bench.entries(6)
            var rewritten = RecordChain(key, (1...6).map { #"{"n":\#($0 == 6 ? 99 : $0)}"# })
            let record = rewritten.append(#"{"n":7}"#)
            source.set(rewritten)
            try await bench.announce(record)
            _ = try await bench.entries(7)
        }
        let report = try AuditVerifier(key: signer.publicKey).report(path: bench.path)
        #expect(report.verdict.isAnchored && !report.isGood)
        #expect(report.findings.map(\.isBroken) == [true])
    }
}
