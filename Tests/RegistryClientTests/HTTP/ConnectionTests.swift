import ConfigModel
import RegistryClient
import RegistryClientTLS
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test func aRefusedConnectionIsToldAtOnceAndMeansNothingWasSent() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        let client = try RegistryClient(url: server.url, timeout: .seconds(50))
        server.close()
        let error = try await failure { () throws(RegistryClientError) in
            try await client.create(record.content, as: key)
        }
        #expect(error.code == .unreachable)
    }

    @Test func whoRunsOutOfTimeBeforeThereIsAConnectionSentNothing() async throws {
        // It waits for a request, and the client for its part of the handshake.
        let server = try ScriptedHTTPServer { _ in .silence }
        let url = server.url.replacing("http:", with: "https:")
        let client = try RegistryClient(url: url, tls: RegistryTLS(), timeout: .milliseconds(300))
        let write = try await failure { () throws(RegistryClientError) in
            try await client.create(record.content, as: key)
        }
        #expect(write.code == .unreachable)
        await #expect {
            try await client.withWatch { _ in }
        } throws: {
            ($0 as? RegistryClientError)?.code == .unreachable
        }
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let record = record
        let other = try ScriptedHTTPServer { _ in Served.head(record) }
        let server = try ScriptedHTTPServer { [url = other.url] request in
            .answer(307, ["Location": url + request.target])
        }
        let client = try RegistryClient(url: server.url, credentials: .token("secret"))
        let error = try await failure { () throws(RegistryClientError) in try await client.head(of: key) }
        #expect(error.code == .invalidAnswer)
        #expect(error.status == 307)
        #expect(other.requests.isEmpty)
    }

    @Test func theTokenIsSentAsBearer() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.head(record) }
        _ = try await RegistryClient(url: server.url + "/config/", credentials: .token("secret")).head(of: key)
        #expect(server.requests.first?.headers["authorization"] == "Bearer secret")
        #expect(server.requests.first?.target == "/config/api/configs/parsing?environment=prod")
    }

    @Test func aReadThatLosesItsConnectionIsMadeOnceMore() async throws {
        let record = record
        let server = try ScriptedHTTPServer { $0.number == 1 ? .hangUp : Served.record(record) }
        #expect(try await RegistryClient(url: server.url).version(1, of: key) == record)
        #expect(server.requests.count == 2)
    }

    @Test func aReadThatKeepsLosingItsConnectionFails() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
        #expect(error.code == .interrupted)
        #expect(server.requests.count == 2)
    }

    @Test(arguments: [
        ScriptedAnswer.silence,
        ScriptedAnswer([.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".utf8)), .stayOpen]),
    ])
    func anAnswerThatDoesNotComeOrDoesNotEndIsGivenUp(_ answer: ScriptedAnswer) async throws {
        let server = try ScriptedHTTPServer { _ in answer }
        let client = try RegistryClient(url: server.url, timeout: .milliseconds(300))
        let error = try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
        #expect(error.code == .interrupted)
    }

    @Test func cancellationEndsACall() async throws {
        let server = try ScriptedHTTPServer { _ in .silence }
        let client = try RegistryClient(url: server.url)
        let call = Task { [key] in
            try await failure { () throws(RegistryClientError) in try await client.head(of: key) }
        }
        try await eventually("the request") { !server.requests.isEmpty }
        call.cancel()
        #expect(try await call.value.code == .cancelled)
    }

    @Test func whoIsCancelledAlreadySendsNothing() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        let client = try RegistryClient(url: server.url)
        let gate = Gate()
        let call = Task { [key] in
            await gate.pass()
            return try await failure { () throws(RegistryClientError) in try await client.head(of: key) }
        }
        call.cancel()
        gate.open()
        #expect(try await call.value.code == .cancelled)
        #expect(server.connectionCount == 0)
    }

    @Test func anAnswerThatIsTooLargeIsNotTaken() async throws {
        let server = try ScriptedHTTPServer { _ in
            ScriptedAnswer([.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".utf8)), .stayOpen])
        }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
        #expect(error.code == .answerTooLarge)
    }
}
