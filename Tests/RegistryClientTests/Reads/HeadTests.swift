import ConfigModel
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct HeadTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, [#"{"a":1}"#, #"{"a":2.0}"#, nil])
    }

    @Test func aLivingDocumentComesWithItsFacts() async throws {
        let record = chain.records[1]
        let server = try ScriptedHTTPServer { _ in Served.head(record) }
        guard case .content(let served) = try await RegistryClient(url: server.url).head(of: key) else {
            throw Unexpected(what: "no content")
        }
        #expect(served.content == record.content && served.version == 2 && served.etag == "\"1.2\"")
        #expect(served.signedFacts == record.signedFacts)
    }

    @Test func theEpochOfTheRecordMayBeOlderThanTheStores() async throws {
        let record = chain.records[1]
        let epoch = Epoch(number: 2, identifier: record.epoch.identifier)
        let server = try ScriptedHTTPServer { _ in Served.head(record, epoch: epoch) }
        guard case .content(let served) = try await RegistryClient(url: server.url).head(of: key) else {
            throw Unexpected(what: "no content")
        }
        #expect(served.epoch == epoch && served.recordEpoch == record.epoch && served.etag == "\"2.2\"")
        #expect(served.signedFacts == record.signedFacts)
    }

    @Test func theQuestionIsAskedWithAllItsConditions() async throws {
        let server = try ScriptedHTTPServer { _ in .answer(304, ["ETag": "\"1.5\""]) }
        let answer = try await RegistryClient(url: server.url).head(
            of: key, ifNoneMatch: "\"1.5\"", minimumVersion: 5, epoch: RecordChain.firstEpoch,
            isFresh: true, wait: .milliseconds(1_500))
        #expect(answer == .notModified(etag: "\"1.5\""))
        let request = try #require(server.requests.first)
        #expect(request.query == "environment=prod&min_version=5&epoch=\(RecordChain.firstEpoch)&wait=1500ms")
        #expect(request.headers["if-none-match"] == "\"1.5\"")
        #expect(request.headers["cache-control"] == "no-cache")
    }

    @Test func notModifiedSaysWhatTheRegistryKnows() async throws {
        let record = chain.records[1]
        let server = try ScriptedHTTPServer { _ in .answer(304, Served.headers(of: record)) }
        let answer = try await RegistryClient(url: server.url).head(of: key, ifNoneMatch: "\"1.2\"")
        #expect(answer == .notModified(etag: "\"1.2\"", facts: record.signedFacts))
    }

    @Test func unknownIsNotDeleted() async throws {
        let server = try ScriptedHTTPServer { _ in .problem(404, "unknown") }
        #expect(try await RegistryClient(url: server.url).head(of: key) == .unknown)
    }

    @Test func deletedComesWithItsFacts() async throws {
        let tombstone = chain.records[2]
        let server = try ScriptedHTTPServer { _ in Served.tombstone(tombstone) }
        guard case .deleted(let served) = try await RegistryClient(url: server.url).head(of: key) else {
            throw Unexpected(what: "not deleted")
        }
        #expect(served.version == 3 && served.etag == "\"1.3\"" && served.signedFacts == tombstone.signedFacts)
    }

    @Test func a404OfSomethingElseIsNeither() async throws {
        let server = try ScriptedHTTPServer { _ in .json(404, "not here", type: "text/plain") }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in try await client.head(of: key) }
        #expect(error.code == .notFound)
    }

    @Test(arguments: [
        "Config-Version", "Config-Hash", "Config-Record-Hash", "Config-Epoch", "Config-Change-Type", "ETag",
    ])
    func anAnswerWithoutAFactIsRefused(_ header: String) async throws {
        let record = chain.records[1]
        var headers = Served.headers(of: record)
        headers[header] = nil
        try await expectRefusal(headers, record.content.bytes)
    }

    @Test(arguments: [
        ("Config-Version", "0"), ("Config-Version", "3"), ("Config-Hash", "sha256:0"), ("Config-Record-Hash", "x"),
        ("Config-Epoch", "7"), ("Config-Change-Type", "deleted"), ("Config-Change-Type", "x"), ("ETag", "W/\"1.2\""),
        ("Config-Signature", "AAAA"), ("Config-Record-Epoch", "x"),
        ("Config-Hash", "sha256:0000000000000000000000000000000000000000000000000000000000000000"),
    ])
    func aFactThatDoesNotHoldIsRefused(_ header: String, _ value: String) async throws {
        let record = chain.records[1]
        var headers = Served.headers(of: record)
        headers[header] = value
        try await expectRefusal(headers, record.content.bytes)
    }

    @Test(arguments: [#"{"a":3}"#, #"{ "a":2.0}"#, "[]", "", "{", #"{"a":1,"a":1}"#])
    func aContentThatIsAnotherOrNotCanonicalIsRefused(_ body: String) async throws {
        var headers = Served.headers(of: chain.records[1])
        if !body.contains("3") { headers["Config-Hash"] = Content(canonical: Array(body.utf8)).hash }
        try await expectRefusal(headers, Array(body.utf8))
    }

    @Test func anOlderVersionThanAskedForIsRefused() async throws {
        let record = chain.records[1]
        let server = try ScriptedHTTPServer { _ in Served.head(record) }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.head(of: key, minimumVersion: 3, epoch: record.epoch)
        }
        #expect(error.code == .invalidAnswer)
    }

    @Test func notModifiedWithoutAConditionIsRefused() async throws {
        let server = try ScriptedHTTPServer { _ in .answer(304) }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in try await client.head(of: key) }
        #expect(error.code == .invalidAnswer)
    }

    private func expectRefusal(_ headers: [String: String], _ body: [UInt8]) async throws {
        let server = try ScriptedHTTPServer { _ in .answer(200, headers, body) }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in try await client.head(of: key) }
        #expect(error.code == .invalidAnswer)
        #expect(error.message.hasPrefix("The registry at \(server.url) answered with"))
    }
}
