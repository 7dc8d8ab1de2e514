import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, [#"{"text":"a\nb: é"}"#, nil])
    }

    @Test(arguments: [1, 7, 1_000_000]) func aWatchTellsEventsThenSyncedThenProof(_ pieceSize: Int) async throws {
        let stream =
            frame(chain.records[0]) + frame(chain.records[1]) + synced(count: 2) + Array(": proof 1200\n\n".utf8)
        let pieces = stride(from: 0, to: stream.count, by: pieceSize).map { start in
            ScriptedAnswer.Step.send(Array(stream[start..<min(start + pieceSize, stream.count)]))
        }
        let server = try ScriptedHTTPServer { _ in .stream(pieces + [.stayOpen]) }
        let messages = try await messages(4, from: server, WatchSelection(services: ["parsing"], environment: "prod"))
        #expect(
            messages == [
                .event(ConfigEvent(chain.records[0])), .event(ConfigEvent(chain.records[1])),
                .synced(epoch: RecordChain.firstEpoch, count: 2), .proof(age: .milliseconds(1_200)),
            ])
        #expect(server.requests.first?.method == "GET")
        #expect(server.requests.first?.target == "/api/watch?service=parsing&environment=prod")
    }

    @Test func whatIsKnownIsSentInTheBody() async throws {
        let stream = synced(count: 0)
        let server = try ScriptedHTTPServer { _ in .stream([.send(stream), .stayOpen]) }
        let selection = WatchSelection(services: ["a", "b"], prefix: "tenants")
        let client = try RegistryClient(url: server.url)
        let known = try [key: 7, DocumentKey(service: "a"): 0] as [DocumentKey: Int64]
        try await client.withWatch(selection, known: known) { messages in
            for try await _ in messages { break }
        }
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/api/watch?service=a&service=b&prefix=tenants")
        #expect(request.text == #"{"known":{"a/default":0,"parsing/prod":7}}"#)
    }

    @Test func eventsAndCommentsOfLaterVersionsAreIgnored() async throws {
        let stream = Array(": hello\n\n: proof x\n\nevent: other\ndata: {\n\n".utf8) + synced(count: 0)
        let server = try ScriptedHTTPServer { _ in .stream([.send(stream), .stayOpen]) }
        #expect(try await messages(1, from: server) == [.synced(epoch: RecordChain.firstEpoch, count: 0)])
    }

    @Test(arguments: [
        (" damaged prod/parsing@2 prod/other@7", ["parsing/prod": 2], true),
        ("damaged prod/parsing@2 ?", ["parsing/prod": 2], false), (" damaged ? ...", [:], false),
        (" damaged prod/parsing@?", [:], false),
    ])
    func damagedVersionsOfWhatWasRequestedAreNamedAndWhetherTheseAreAll(
        _ comment: String, _ named: [String: Int64], _ isComplete: Bool
    ) async throws {
        let stream = Array(":\(comment)\n: proof 7\n\n".utf8)
        let server = try ScriptedHTTPServer { _ in .stream([.send(stream), .stayOpen]) }
        let versions = try Dictionary(uniqueKeysWithValues: named.map { (try DocumentKey(parsing: $0), $1) })
        let messages = try await messages(2, from: server, WatchSelection(services: ["parsing"], environment: "prod"))
        #expect(messages == [.damaged(versions, isComplete: isComplete), .proof(age: .milliseconds(7))])
    }

    @Test func aStreamThatEndsIsInterrupted() async throws {
        let stream = frame(chain.records[0])
        let server = try ScriptedHTTPServer { _ in .stream([.send(stream), .hangUp]) }
        #expect(try await endOfWatch(server).code == .interrupted)
    }

    @Test func anEventThatWasNotAskedForIsRefused() async throws {
        let stream = frame(chain.records[0])
        let server = try ScriptedHTTPServer { _ in .stream([.send(stream), .stayOpen]) }
        #expect(try await endOfWatch(server, WatchSelection(services: ["other"])).code == .invalidAnswer)
    }

    @Test(arguments: [
        ("id: prod/parsing@1", "id: prod/parsing@2"), ("config.created", "config.updated"), (#"\"a\\n"#, #"\"b\\n"#),
        (#","config_json":"#, #","config_jsom":"#), (#""version":1,"#, #""version":2,"#),
    ])
    func anEventThatDoesNotHoldIsRefused(_ part: String, _ lie: String) async throws {
        let text = String(decoding: frame(chain.records[0]), as: UTF8.self)
        try #require(text.contains(part))
        let stream = Array(text.split(separator: part, omittingEmptySubsequences: false).joined(separator: lie).utf8)
        let server = try ScriptedHTTPServer { _ in .stream([.send(stream), .stayOpen]) }
        #expect(try await endOfWatch(server).code == .invalidAnswer)
    }

    @Test func aRefusedWatchSaysWhy() async throws {
        let server = try ScriptedHTTPServer { _ in .problem(403, "forbidden", "Not you.") }
        let error = try await endOfWatch(server)
        #expect(error.code == .forbidden && error.message == "Not you.")
    }

    @Test func somethingThatIsNoStreamIsRefused() async throws {
        let server = try ScriptedHTTPServer { _ in .json(200, "{}") }
        #expect(try await endOfWatch(server).code == .invalidAnswer)
    }

    @Test func aRefusalWithoutEndIsNotTaken() async throws {
        let server = try ScriptedHTTPServer { _ in .answer(500, [:], Array(repeating: 0x20, count: 2 << 20)) }
        #expect(try await endOfWatch(server).code == .answerTooLarge)
    }

    @Test func whoIsCancelledIsToldSoAndNotHalfARefusal() async throws {
        let half = "HTTP/1.1 403 No\r\nContent-Type: application/problem+json\r\nContent-Length: 99\r\n\r\n{"
        let server = try ScriptedHTTPServer { _ in ScriptedAnswer([.send(Array(half.utf8)), .stayOpen]) }
        let task = Task { try await endOfWatch(server) }
        try await eventually("the request") { !server.requests.isEmpty }
        // Before or after the head has come.
        task.cancel()
        #expect(try await task.value.code == .cancelled)
    }

    @Test func cancellationEndsAWatch() async throws {
        let server = try ScriptedHTTPServer { _ in .stream([.stayOpen]) }
        let task = Task { try await endOfWatch(server) }
        try await eventually("the request") { !server.requests.isEmpty }
        task.cancel()
        #expect(try await task.value.code == .cancelled)
    }

    private func messages(
        _ count: Int, from server: ScriptedHTTPServer, _ selection: WatchSelection = WatchSelection()
    ) async throws -> [WatchMessage] {
        try await RegistryClient(url: server.url).withWatch(selection) { messages in
            var taken: [WatchMessage] = []
            for try await message in messages {
                taken.append(message)
                if taken.count == count { break }
            }
            return taken
        }
    }

    /// Reads until it fails.
    private func endOfWatch(
        _ server: ScriptedHTTPServer, _ selection: WatchSelection = WatchSelection()
    ) async throws -> RegistryClientError {
        let client = try RegistryClient(url: server.url)
        do {
            try await client.withWatch(selection) { messages in for try await _ in messages {} }
            throw Unexpected(what: "a watch that ends")
        } catch let error as RegistryClientError {
            return error
        }
    }

    private func frame(_ record: VersionRecord) -> [UInt8] {
        let event = ConfigEvent(record)
        return Array("event: \(event.routingKey)\nid: prod/parsing@\(record.version)\ndata: ".utf8) + event.jsonBytes
            + Array("\n\n".utf8)
    }

    private func synced(count: Int) -> [UInt8] {
        Array("event: synced\ndata: {\"count\":\(count),\"epoch\":\"\(RecordChain.firstEpoch)\"}\n\n".utf8)
    }
}
