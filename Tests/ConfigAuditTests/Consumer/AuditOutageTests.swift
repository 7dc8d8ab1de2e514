import ConfigAudit
import ConfigModel
import ConfigSignatures
import EventBus
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AuditOutageTests {
    private var bench: AuditBench
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        bench = try AuditBench()
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, (1...20).map { #"{"n":\#($0)}"# })
    }

    @Test(arguments: [RegistryClientError.Code.unreachable, .interrupted, .unavailable, .failed, .unauthorized])
    func whileTheRegistryIsAwayNothingIsAcknowledgedAndNothingIsLost(_ code: RegistryClientError.Code) async throws {
        let source = RecordedSource(chain)
        try await bench.declareQueue()
        source.change { $0.outage = RegistryClientError(code, "away") }
        for record in chain.records { try await bench.announce(record) }
        try await bench.withAudit(source) { audit in
            try await eventually("an attempt") { audit.counters.failures.outages > 0 }
            #expect(try bench.entries().isEmpty)
        }
        #expect(try await bench.waiting() == 20)
        try await bench.withAudit(source) { audit in
            try await eventually("an attempt") { audit.counters.failures.outages > 0 }
            source.change { $0.outage = nil }
            let entries = try await bench.entries(20)
            #expect(entries.map(\.version) == Array(1...20))
            try await bench.isDone(audit)
        }
        #expect(try await bench.waiting() == 0)
    }

    @Test func aDocumentThatTheRegistryLiesAboutDoesNotStopTheOthers() async throws {
        let other = RecordChain(try DocumentKey(service: "aaa"), ["{}"])
        let source = RecordedSource(chain, other)
        source.change { $0.refusals[other.key] = RegistryClientError(.invalidAnswer, "a lie") }
        try await bench.withAudit(source) { audit in
            let entries = try await bench.entries(20)
            #expect(entries.allSatisfy { $0.key == "\(key)" })
            try await eventually("a refusal") { audit.counters.refused > 0 }
            source.change { $0.refusals = [:] }
            try await bench.announce(other.records[0])
            _ = try await bench.entries(21)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 19, 20, 100]) func aLongHistoryIsReadInPieces(_ pageSize: Int) async throws {
        var bench = bench
        bench.options.pageSize = pageSize
        try await bench.withAudit(RecordedSource(chain)) { _ in
            let entries = try await bench.entries(20)
            #expect(entries.map(\.version) == Array(1...20))
            #expect(entries.allSatisfy { $0.chain == nil })
        }
    }

    @Test(arguments: [2, 3, 10]) func answersThatAreTooLargeAreAskedForInSmallerPieces(_ limit: Int) async throws {
        let source = RecordedSource(chain)
        source.change { $0.largestAnswer = limit }
        try await bench.withAudit(source) { _ in
            let entries = try await bench.entries(20)
            #expect(entries.map(\.version) == Array(1...20))
        }
    }

    @Test func aNewEpochGoesOnWhereTheHistoryDoes() async throws {
        var chain = RecordChain(key, ["{}", #"{"a":1}"#])
        let source = RecordedSource(chain)
        let epoch = Epoch(number: 2, identifier: RecordChain.firstEpoch.identifier)
        try await bench.withAudit(source) { _ in
            _ = try await bench.entries(2)
            let record = chain.append(#"{"a":2}"#, epoch: epoch)
            source.set(chain)
            try await bench.announce(record)
            let entries = try await bench.entries(3)
            #expect(entries[2].version == 3 && entries[2].old == #"{"a":1}"# && entries[2].chain == nil)
        }
    }

    @Test func afterARestoreTheNumbersThatWereLostAreWrittenAgainInTheNewEpoch() async throws {
        let source = RecordedSource(chain)
        let epoch = Epoch(number: 2, identifier: RecordChain.firstEpoch.identifier)
        var restored = RecordChain(key, (1...15).map { #"{"n":\#($0)}"# })
        var bench = bench
        bench.options.pageSize = 4
        try await bench.withAudit(source) { _ in
            _ = try await bench.entries(20)
            for number in 16...25 { restored.append(#"{"m":\#(number)}"#, epoch: epoch) }
            source.set(restored)
            try await bench.announce(restored.records[24])
            let entries = try await bench.entries(30)
            #expect(entries[20...].map(\.version) == Array(16...25))
            #expect(entries[20].old == #"{"n":15}"#)
            #expect(entries.allSatisfy { $0.chain == nil })
        }
        #expect(try AuditVerifier().verify(path: bench.path) == .consistent(lines: 30))
    }

    @Test func aHistoryThatWasRewrittenIsSeen() async throws {
        let source = RecordedSource(chain)
        try await bench.withAudit(source) { audit in
            _ = try await bench.entries(20)
            var rewritten = RecordChain(key, (1...20).map { #"{"n":\#($0 == 20 ? 99 : $0)}"# })
            let record = rewritten.append(#"{"n":21}"#)
            source.set(rewritten)
            try await bench.announce(record)
            let entries = try await bench.entries(21)
            #expect(entries[20].chain == "broken")
            #expect(audit.counters.broken == 1)
        }
    }

    @Test func aVersionThatTheRegistryDoesNotHaveAnyMoreIsSeen() async throws {
        let source = RecordedSource(chain)
        source.change { $0.histories[key]?.removeSubrange(1..<5) }
        try await bench.withAudit(source) { audit in
            let entries = try await bench.entries(16)
            #expect(entries.map(\.version) == [1] + Array(6...20))
            #expect(entries[1].chain == "missing" && entries[1].old == "null")
            #expect(audit.counters.broken == 1)
        }
        #expect(try AuditVerifier().verify(path: bench.path) == .consistent(lines: 16))
    }

    @Test func anUnwritableLogIsTriedAgain() async throws {
        let signer = try RecordSigner.generate()
        var bench = bench
        bench.options.checkpointPeriod = .milliseconds(50)
        // A directory stands where the checkpoint is to be put.
        try WholeFile.makeDirectory(AuditLog.headPath(of: bench.path))
        try await bench.withAudit(RecordedSource(chain), signer: signer) { audit in
            _ = try await bench.entries(20)
            try await eventually("a failure") { audit.counters.failures.writes > 0 }
            try WholeFile.remove(AuditLog.headPath(of: bench.path))
            try await eventually("a checkpoint") { WholeFile.exists(AuditLog.headPath(of: bench.path)) }
        }
    }
}
