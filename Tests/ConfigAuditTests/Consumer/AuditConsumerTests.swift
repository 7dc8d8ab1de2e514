import ConfigAudit
import ConfigModel
import ConfigSignatures
import EventBus
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AuditConsumerTests {
    private var bench: AuditBench
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        bench = try AuditBench()
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, (1...9).map { #"{"n":\#($0)}"# })
    }

    @Test func everyVersionIsWrittenOnceAndInOrderHoweverItIsAnnounced() async throws {
        try await bench.declareQueue()
        for record in (chain.records + chain.records).shuffled() { try await bench.announce(record) }
        try await bench.withAudit(RecordedSource(chain)) { audit in
            let entries = try await bench.entries(9)
            #expect(entries.map(\.version) == Array(1...9))
            #expect(entries.map(\.old) == ["null"] + (1...8).map { #"{"n":\#($0)}"# })
            #expect(entries.map(\.new) == (1...9).map { #"{"n":\#($0)}"# })
            try await bench.isDone(audit)
        }
        #expect(try bench.entries().count == 9)
        #expect(try await bench.waiting() == 0)
        #expect(try AuditVerifier().verify(path: bench.path) == .consistent(lines: 9))
    }

    @Test func whatWasNeverAnnouncedIsFoundAtTheStart() async throws {
        let others = try (1...7).map { RecordChain(try DocumentKey(service: "service-\($0)"), ["{}", nil]) }
        let source = RecordedSource(chain)
        for other in others { source.set(other) }
        try await bench.withAudit(source) { _ in _ = try await bench.entries(9 + 14) }
        for other in others {
            #expect(try bench.entries().filter { $0.key == "\(other.key)" }.map(\.version) == [1, 2])
        }
    }

    @Test func versionsThatWereNotAnnouncedAreWrittenBeforeTheOneThatWas() async throws {
        let source = RecordedSource()
        try await bench.withAudit(source) { _ in
            try await eventually("the first look") { source.calls > 0 }
            source.set(chain)
            try await bench.announce(chain.records[6])
            let seven = try await bench.entries(7)
            #expect(seven.map(\.version) == Array(1...7))
            try await bench.announce(chain.records[8])
            let nine = try await bench.entries(9)
            #expect(nine.map(\.version) == Array(1...9))
        }
    }

    @Test func aDeletionHasNoNewValueAndWhatFollowsNoOldOne() async throws {
        let chain = RecordChain(key, [#"{"a":1}"#, nil, #"{"b":2}"#])
        try await bench.withAudit(RecordedSource(chain)) { _ in
            let entries = try await bench.entries(3)
            #expect(entries.map(\.old) == ["null", #"{"a":1}"#, "null"])
            #expect(entries.map(\.new) == [#"{"a":1}"#, "null", #"{"b":2}"#])
        }
    }

    @Test func aForgedVersionIsCountedAcknowledgedAndNeverWritten() async throws {
        var forged = chain
        let forgeries = (1...3).map { forged.append(#"{"evil":\#($0)}"#) }
        let known = RecordedSource(chain)
        try await bench.withAudit(known) { audit in
            _ = try await bench.entries(9)
            for forgery in forgeries { try await bench.announce(forgery) }
            try await eventually("three refusals") { audit.counters.unconfirmed == 3 }
            try await bench.isDone(audit)
        }
        #expect(try bench.entries().count == 9)
        #expect(try await bench.waiting() == 0)
    }

    @Test func aForgeryDoesNotHideTheTruth() async throws {
        let foreign = Epoch(number: 999, identifier: RecordChain.firstEpoch.identifier)
        let forgery = RecordChain(key, ["{}"], epoch: foreign).records[0]
        let source = RecordedSource()
        try await bench.withAudit(source) { _ in
            try await eventually("the first look") { source.calls > 0 }
            source.set(chain)
            try await bench.announce(forgery)
            try await bench.announce(chain.records[8])
            let entries = try await bench.entries(9)
            #expect(entries.map(\.version) == Array(1...9))
        }
    }

    @Test func aForeignEpochIsCountedAndAcknowledged() async throws {
        let foreign = RecordChain(
            key, (1...12).map { #"{"m":\#($0)}"# },
            epoch: Epoch(number: 1, identifier: "00000000-0000-4000-8000-000000000000"))
        try await bench.withAudit(RecordedSource(chain)) { audit in
            _ = try await bench.entries(9)
            try await bench.announce(foreign.records[2])
            try await bench.announce(foreign.records[11])
            try await eventually("two of another epoch") { audit.counters.foreign == 2 }
            try await bench.isDone(audit)
        }
        #expect(try bench.entries().count == 9)
        #expect(try await bench.waiting() == 0)
    }

    @Test func poisonIsCountedAcknowledgedAndStopsNothing() async throws {
        let poison = ["", "not json", "[1]", "{}", #"{"a":"# + String(repeating: "[", count: 5_000)]
        let source = RecordedSource()
        try await bench.withAudit(source) { audit in
            try await eventually("the first look") { source.calls > 0 }
            source.set(chain)
            for body in poison { try await bench.publish(Array(body.utf8)) }
            try await bench.publish([0xff, 0xfe])
            try await bench.announce(chain.records[8])
            _ = try await bench.entries(9)
            #expect(audit.counters.poison == 6)
            try await bench.isDone(audit)
        }
        #expect(try await bench.waiting() == 0)
    }

    @Test func whatIsInTheLogIsNotWrittenAgainAfterARestart() async throws {
        let source = RecordedSource(chain)
        try await bench.declareQueue()
        try await bench.withAudit(source) { _ in _ = try await bench.entries(9) }
        // As after a crash between the write and the acknowledgement.
        for record in chain.records { try await bench.announce(record) }
        try await bench.withAudit(source) { audit in
            try await eventually("nine duplicates") { audit.counters.duplicates == 9 }
            #expect(audit.counters.entries == 0)
            try await bench.isDone(audit)
        }
        #expect(try bench.entries().count == 9)
        #expect(try await bench.waiting() == 0)
    }

    @Test func aSecondAuditOfTheSameFileIsRefused() async throws {
        try await bench.withAudit(RecordedSource(chain)) { _ in
            _ = try await bench.entries(9)
            let second = AuditConsumer(
                bus: bench.bus, source: RecordedSource(), log: AuditLog(path: bench.path, logger: .silent),
                logger: .silent)
            await #expect(throws: AuditLogError.inUse(path: bench.path)) { try await second.run() }
        }
    }

    @Test func theLastCheckpointIsMadeAtTheEnd() async throws {
        let signer = try RecordSigner.generate()
        try await bench.withAudit(RecordedSource(chain), signer: signer) { _ in _ = try await bench.entries(9) }
        let verifier = try AuditVerifier(
            key: signer.publicKey, head: AuditCheckpoint(parsing: WholeFile.bytes(AuditLog.headPath(of: bench.path))))
        #expect(try verifier.verify(path: bench.path) == .anchored(line: 9, after: 0))
    }
}
