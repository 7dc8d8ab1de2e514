import ConfigModel
import NIOHTTP1
import TestSupport
import Testing

@testable import RegistryClient

@Suite(.timeLimit(.minutes(1))) struct RetryAfterTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test(
        arguments: [
            ("2", "", .seconds(2)), ("0", "", .zero), ("-1", "", nil), ("soon", "", nil), ("", "", nil),
            ("Fri, 20 Nov 2026 21:30:30 GMT", "Fri, 20 Nov 2026 21:30:00 GMT", .seconds(30)),
            ("Fri, 01 Jan 2027 00:00:01 GMT", "Thu, 31 Dec 2026 23:59:59 GMT", .seconds(2)),
            ("Fri, 20 Nov 2026 21:29:00 GMT", "Fri, 20 Nov 2026 21:30:00 GMT", .zero),
            ("Fri, 20 Nov 1970 21:29:00 GMT", "", .zero), ("Fri, 20 Foo 2026 21:30:30 GMT", "", nil),
            ("Fri, 99 Nov 2026 21:30:30 GMT", "", nil), ("Fri, 20 Nov 2026 21:30:30 CET", "", nil),
        ] as [(String, String, Duration?)])
    func theHeaderIsSecondsOrADate(_ text: String, _ date: String, _ duration: Duration?) {
        var headers: HTTPHeaders = ["Retry-After": text]
        if !date.isEmpty { headers.add(name: "Date", value: date) }
        #expect(RetryAfter.duration(of: RegistryResponse(status: 503, headers: headers, body: [])) == duration)
    }

    @Test("a write is made again when the registry says, not before", arguments: [429, 503])
    func write(_ status: Int) async throws {
        let record = record
        let server = try ScriptedHTTPServer {
            $0.number == 1 ? .problem(status, "unavailable", headers: ["Retry-After": "1"]) : Served.record(record)
        }
        let start = ContinuousClock.now
        #expect(try await RegistryClient(url: server.url).update(record.content, of: key) == record)
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test("a read that came too early is made again when the registry says")
    func read() async throws {
        let record = record
        let server = try ScriptedHTTPServer {
            $0.number == 1 ? .problem(429, "rate-limited", headers: ["Retry-After": "1"]) : Served.record(record)
        }
        let start = ContinuousClock.now
        #expect(try await RegistryClient(url: server.url).version(1, of: key) == record)
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test("what would be after the call's time is left to the caller at once", arguments: [429, 503])
    func late(_ status: Int) async throws {
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
