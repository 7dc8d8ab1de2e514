import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionLimitTests {
    @Test func with64ConnectionsAtATimeServeAnyNumberOfCallsWatchesAndLongPollsHaveTheirOwn() async throws {
        let key = try DocumentKey(service: "parsing", environment: "prod")
        let record = RecordChain(key, [#"{"a":1}"#]).records[0]
        let server = try ScriptedHTTPServer { request in
            if request.path == "/api/watch" { return .stream([.send(Array(": proof 5\n\n".utf8)), .stayOpen]) }
            if request.query.contains("wait=") { return Served.head(record) }
            return .silence
        }
        let client = try RegistryClient(url: server.url, timeout: .seconds(50))
        let calls = (0..<70).map { _ in Task { try await client.version(1, of: key) } }
        try await eventually("64 calls") { server.requests.count == 64 }
        // Neither waits for the calls.
        _ = try await client.head(of: key, wait: .seconds(1))
        let message = try await client.withWatch { messages in
            var iterator = messages.makeAsyncIterator()
            return try await iterator.next()
        }
        #expect(message == .proof(age: .milliseconds(5)))
        let before = server.requests.count
        #expect(before == 66)
        for call in calls { call.cancel() }
        for call in calls { _ = try? await call.value }
    }
}
