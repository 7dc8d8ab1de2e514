import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// A client of several registries on one store.
@Suite(.timeLimit(.minutes(1))) struct SeveralRegistriesTests {
    private let key: DocumentKey
    private let record: VersionRecord

    /// What a registry does that another one makes up for.
    enum Fault: CaseIterable {
        case refusesConnections
        case hangsUp
        case isUnavailable

        var answer: ScriptedAnswer { self == .isUnavailable ? .problem(503, "unavailable") : .hangUp }
    }

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test(arguments: Fault.allCases)
    func theNextRegistryAnswersAReadAndIsAskedFirstFromThenOn(_ fault: Fault) async throws {
        let (first, second) = try registries(fault)
        let client = try RegistryClient(urls: [first.url, second.url])
        for _ in 1...3 { #expect(try await client.version(1, of: key) == record) }
        #expect(first.requests.count == (fault == .refusesConnections ? 0 : 1))
        #expect(second.requests.count == 3)
        #expect(client.url == second.url && client.urls == [first.url, second.url])
    }

    @Test(arguments: Fault.allCases)
    func theNextRegistryAnswersAWriteUnderTheSameChangeIdentifier(_ fault: Fault) async throws {
        let (first, second) = try registries(fault)
        let client = try RegistryClient(urls: [first.url, second.url])
        #expect(try await client.update(record.content, of: key, WriteOptions(changeID: "k-1")).record == record)
        #expect((first.requests + second.requests).allSatisfy { $0.headers["idempotency-key"] == "k-1" })
        #expect(second.requests.count == 1)
    }

    @Test(arguments: Fault.allCases)
    func theNextRegistryOpensAWatch(_ fault: Fault) async throws {
        let synced = Array("event: synced\ndata: {\"count\":0,\"epoch\":\"\(RecordChain.firstEpoch)\"}\n\n".utf8)
        let first = try ScriptedHTTPServer { _ in fault.answer }
        let second = try ScriptedHTTPServer { _ in .stream([.send(synced), .stayOpen]) }
        if fault == .refusesConnections { first.close() }
        let client = try RegistryClient(urls: [first.url, second.url])
        let message = try await client.withWatch { messages in
            var iterator = messages.makeAsyncIterator()
            return try await iterator.next()
        }
        #expect(message == .synced(epoch: RecordChain.firstEpoch, count: 0))
        #expect(client.url == second.url)
    }

    @Test(arguments: [400, 401, 403, 404, 409, 412, 422, 429, 500])
    func whatARegistryDecidesIsTheResponse(_ status: Int) async throws {
        let first = try ScriptedHTTPServer { _ in .problem(status, "x", "No.") }
        let second = try ScriptedHTTPServer { [record] _ in Served.record(record) }
        let client = try RegistryClient(urls: [first.url, second.url], timeout: .milliseconds(300))
        let error = try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
        #expect(error.message == "No.")
        #expect(second.requests.isEmpty)
    }

    @Test func whenNoneCanBeReachedTheErrorNamesAllWithTheirReasons() async throws {
        let servers = try (0..<3).map { _ in try ScriptedHTTPServer { _ in .hangUp } }
        for server in servers { server.close() }
        let client = try RegistryClient(urls: servers.map(\.url))
        let error = try await failure { () throws(RegistryClientError) in
            try await client.create(record.content, as: key)
        }
        #expect(error.code == .unreachable)
        for server in servers { #expect(error.message.contains("\(server.url) (the connection was refused)")) }
        await #expect {
            try await client.withWatch { _ in }
        } throws: { error in
            servers.allSatisfy { "\(error)".contains($0.url) }
        }
    }

    @Test func whenAllAreUnavailableTheLastOnesSentenceCountsAndTheOthersAreNamed() async throws {
        let servers = try (0..<2).map { number in
            try ScriptedHTTPServer { _ in
                .problem(503, "unavailable", "Store \(number) is away.", headers: ["Retry-After": "60"])
            }
        }
        let client = try RegistryClient(urls: servers.map(\.url))
        let error = try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
        #expect(error.code == .unavailable && error.retryAfter == .seconds(60))
        #expect(error.message == "Store 1 is away. Tried as well: \(servers[0].url) (it is not available).")
    }

    @Test func aWriteThatOneRegistryMayHaveMadeIsNotReportedAsRefusedByAnother() async throws {
        let (first, second) = (
            try ScriptedHTTPServer { _ in .hangUp }, try ScriptedHTTPServer { _ in .problem(503, "unavailable") }
        )
        let client = try RegistryClient(urls: [first.url, second.url])
        let error = try await failure { () throws(RegistryClientError) in
            try await client.update(record.content, of: key, WriteOptions(changeID: "k-2"))
        }
        #expect(error.code == .interrupted && error.changeID == "k-2")
        #expect(error.message.contains(first.url) && error.message.contains(second.url))
    }

    @Test func oneAddressAtLeastIsNeeded() {
        let error = #expect(throws: RegistryClientError.self) { try RegistryClient(urls: []) }
        #expect(error?.code == .invalidRequest)
    }

    private func registries(_ fault: Fault) throws -> (ScriptedHTTPServer, ScriptedHTTPServer) {
        let first = try ScriptedHTTPServer { _ in fault.answer }
        let second = try ScriptedHTTPServer { [record] _ in Served.record(record) }
        if fault == .refusesConnections { first.close() }
        return (first, second)
    }
}
