import ConfigAudit
import ConfigModel
import ConfigSignatures
import RegistryClient
import Synchronization
import TestSupport
import Testing

/// The registry keeps the newest checkpoint, out of reach of those who can change the log.
@Suite(.timeLimit(.minutes(1))) struct AnchorTests {
    private var bench: AuditBench
    private let signer: RecordSigner
    private let key: DocumentKey

    init() throws {
        bench = try AuditBench()
        bench.options.checkpointPeriod = .milliseconds(50)
        signer = try RecordSigner.generate()
        key = try DocumentKey(service: "parsing")
    }

    @Test func theRegistryKeepsTheNewestCheckpoint() async throws {
        try await RunningRegistry.with(bus: bench.bus, auditKeys: [signer.publicKey]) { client, _ in
            try await bench.withAudit(client, signer: signer) { _ in
                try await change(client, times: 3)
                try await anchored(3, at: client)
                try await change(client, times: 2)
                try await anchored(5, at: client)
            }
            let head = try AuditCheckpoint(parsing: try #require(try await client.anchor(of: "default")))
            #expect(try AuditVerifier(key: signer.publicKey, head: head).verify(path: bench.path).isAnchored)
        }
    }

    @Test func aLogThatWasCutOffIsSeen() async throws {
        try await RunningRegistry.with(bus: bench.bus, auditKeys: [signer.publicKey]) { client, _ in
            try await bench.withAudit(client, signer: signer) { _ in
                try await change(client, times: 5)
                try await anchored(5, at: client)
            }
            // The owner of the disk can take away the end of the log and the checkpoint beside it, but not this one.
            let lines = try WholeFile.lines(bench.path)
            try WholeFile.write(lines: Array(lines.prefix(2)), to: bench.path)
            try WholeFile.remove(AuditLog.headPath(of: bench.path))
            let head = try AuditCheckpoint(parsing: try #require(try await client.anchor(of: "default")))
            #expect(!(try AuditVerifier(key: signer.publicKey, head: head).verify(path: bench.path).isAnchored))

            // The shorter log goes on, and signs with the audit's key.
            try await bench.withAudit(client, signer: signer) { audit in
                _ = try await eventually("a refusal") { audit.counters.failures.anchors > 0 }
            }
            #expect(try await client.anchor(of: "default") == head.bytes)
        }
    }

    @Test func aCheckpointThatTheRegistryDidNotGetIsGivenAgain() async throws {
        let source = RecordedSource(RecordChain(key, (1...4).map { #"{"n":\#($0)}"# }))
        source.change { $0.anchorRefusal = RegistryClientError(.unreachable, "away") }
        try await bench.withAudit(source, signer: signer) { audit in
            try await eventually("an attempt") { audit.counters.failures.anchors > 0 }
            source.change { $0.anchorRefusal = nil }
            let bytes = try await eventually("the checkpoint") { source.state.withLock { $0.anchors["default"]?.last } }
            #expect(try AuditCheckpoint(parsing: bytes).count == 4)
        }
    }

    @Test func aRegistryWithoutTheAuditsKeyKeepsNothing() async throws {
        try await RunningRegistry.with(bus: bench.bus, auditKeys: [try RecordSigner.generate().publicKey]) {
            client, _ in
            try await bench.withAudit(client, signer: signer) { audit in
                try await change(client, times: 2)
                _ = try await eventually("a refusal") { audit.counters.failures.anchors > 0 }
            }
            #expect(try await client.anchor(of: "default") == nil)
        }
    }

    @Test(
        arguments: [
            (nil, nil, "configbus.audit"), (nil, "eu", "configbus.audit.eu"),
            ("site.changes", nil, "configbus.audit.site.changes"),
            ("site.changes", "eu", "configbus.audit.site.changes.eu"),
        ] as [(String?, String?, String)])
    func everyAuditHasAQueueOfItsOwnWhichDependsOnTheExchangeAndTheName(
        exchange: String?, name: String?, expected: String
    ) {
        var options = AuditOptions()
        if let exchange { options.exchange = exchange }
        options.name = name
        #expect(options.queue == expected)
    }

    @Test func aCheckpointNamesItsLog() async throws {
        var bench = bench
        bench.options.name = "eu"
        let source = RecordedSource(RecordChain(key, [#"{"n":1}"#]))
        try await bench.withAudit(source, signer: signer) { _ in
            let bytes = try await eventually("the checkpoint") { source.state.withLock { $0.anchors["eu"]?.last } }
            #expect(try AuditCheckpoint(parsing: bytes).log == "eu")
        }
    }

    private func change(_ client: RegistryClient, times: Int) async throws {
        for step in 1...times {
            _ = try await client.publish(Content(parsing: Array("{\"step\":\(step)}".utf8)), as: key)
        }
    }

    private func anchored(_ count: Int, at client: RegistryClient) async throws {
        try await eventually("a checkpoint of \(count) entries at the registry") {
            guard let bytes = try await client.anchor(of: "default") else { return false }
            return try AuditCheckpoint(parsing: bytes).count == count
        }
    }
}
