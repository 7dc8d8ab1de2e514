import ConfigModel
import RegistryClient
import TestSupport
import Testing

/// Connections are kept for the next call, as long as nothing of the last one is left on them.
@Suite(.timeLimit(.minutes(1))) struct KeptConnectionTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test func oneCallAfterTheOtherTakesOneConnection() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record) }
        let client = try RegistryClient(url: server.url)
        for _ in 1...3 { _ = try await client.version(1, of: key) }
        #expect(server.requests.count == 3)
        #expect(server.connectionCount == 1)
    }

    @Test func aCallDoesNotWaitForTheConnectionOfAnother() async throws {
        let record = record
        let server = try ScriptedHTTPServer { $0.number == 1 ? .silence : Served.record(record) }
        let client = try RegistryClient(url: server.url)
        let held = Task { [key] in try await client.version(1, of: key) }
        try await eventually("the request that is held") { server.requests.count == 1 }
        #expect(try await client.version(1, of: key) == record)
        #expect(server.connectionCount == 2)
        held.cancel()
        _ = try? await held.value
    }

    @Test func anAnswerThatEndsItsConnectionLeavesNone() async throws {
        let body = String(decoding: record.jsonBytes(withContent: true), as: UTF8.self)
        let server = try ScriptedHTTPServer { _ in .json(200, body, ["Connection": "close"]) }
        let client = try RegistryClient(url: server.url)
        for _ in 1...2 { #expect(try await client.version(1, of: key) == record) }
        #expect(server.connectionCount == 2)
    }

    @Test func aConnectionThatTheRegistryEndedIsNotTaken() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record) }
        let client = try RegistryClient(url: server.url, timeout: .seconds(50))
        _ = try await client.version(1, of: key)
        server.cutConnections()
        #expect(try await client.version(1, of: key) == record)
    }

    @Test func whatNobodyAskedForIsNotTakenForTheNextAnswer() async throws {
        let lie = RecordChain(key, [#"{"a":2}"#]).records[0]
        // In one piece: later it would be a response to the next.
        let bytes = [record, lie].flatMap { record in
            Served.record(record).steps.flatMap { if case .send(let bytes) = $0 { bytes } else { [UInt8]() } }
        }
        let both = ScriptedAnswer([.send(bytes)])
        let server = try ScriptedHTTPServer { [record] in $0.number == 1 ? both : Served.record(record) }
        let client = try RegistryClient(url: server.url)
        #expect(try await client.version(1, of: key) == record)
        #expect(try await client.version(1, of: key) == record)
    }

    @Test func theConnectionsEndWithTheirClient() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record) }
        do {
            let client = try RegistryClient(url: server.url)
            _ = try await client.version(1, of: key)
        }
        try await eventually("the end of the connection") { server.openConnectionCount == 0 }
    }
}
