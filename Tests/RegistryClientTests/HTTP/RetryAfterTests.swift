import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetryAfterTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test(arguments: [429, 503])
    func aWriteIsMadeAgainWhenTheRegistrySaysNotBefore(_ status: Int) async throws {
        let record = record
        let server = try ScriptedHTTPServer {
            $0.number == 1 ? .problem(status, "unavailable", headers: ["Retry-After": "1"]) : Served.record(record)
        }
        let start = ContinuousClock.now
        #expect(try await RegistryClient(url: server.url).update(record.content, of: key).record == record)
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test func aReadThatCameTooEarlyIsMadeAgainWhenTheRegistrySays() async throws {
        let record = record
        let server = try ScriptedHTTPServer {
            $0.number == 1 ? .problem(429, "rate-limited", headers: ["Retry-After": "1"]) : Served.record(record)
        }
        let start = ContinuousClock.now
        #expect(try await RegistryClient(url: server.url).version(1, of: key) == record)
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test(arguments: [429, 503])
    func whatWouldBeAfterTheCallsTimeIsLeftToTheCallerAtOnce(_ status: Int) async throws {
        let server = try ScriptedHTTPServer { _ in .problem(status, "unavailable", headers: ["Retry-After": "3600"]) }
        let client = try RegistryClient(url: server.url)
        for error in [
            try await failure({ () throws(RegistryClientError) in try await client.version(1, of: key) }),
            try await failure({ () throws(RegistryClientError) in try await client.update(record.content, of: key) }),
        ] {
            #expect(error.code == .unavailable && error.retryAfter == .seconds(3_600))
        }
        #expect(server.requests.count == 2)
    }
}
