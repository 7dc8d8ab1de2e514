import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WriteTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1.0}"#]).records[0]
    }

    @Test func aWriteCarriesContentCommentAuthorAndIdentifiers() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record, 201) }
        let options = WriteOptions(
            comment: "why \"so\"", createdBy: "me", expected: .version(0), changeID: "k-1", correlationID: "c-1")
        #expect(try await RegistryClient(url: server.url).create(record.content, as: key, options).record == record)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/api/configs/parsing?environment=prod&expected_version=0")
        #expect(request.text == #"{"config_data":{"a":1.0},"comment":"why \"so\"","created_by":"me"}"#)
        #expect(request.headers["idempotency-key"] == "k-1" && request.headers["x-correlation-id"] == "c-1")
        #expect(request.headers["content-type"] == "application/json")
    }

    /// The content is the caller's own, so the response may do without it, as a registry does that is asked.
    @Test(arguments: [true, false])
    func theAnswerMayComeWithoutContent(_ isMinimal: Bool) async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record, withContent: !isMinimal) }
        #expect(try await RegistryClient(url: server.url).update(record.content, of: key).record == record)
        #expect(server.requests.first?.headers["prefer"] == "return=minimal")
    }

    @Test(arguments: [true, false])
    func aVersionWithAnotherContentIsRefused(_ isMinimal: Bool) async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record, withContent: !isMinimal) }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.update(Content.empty, of: key)
        }
        #expect(error.code == .invalidAnswer)
    }

    @Test func anExpectedETagIsSentAsIfMatch() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record) }
        _ = try await RegistryClient(url: server.url).update(
            record.content, of: key, WriteOptions(expected: .etag("\"1.7\"")))
        #expect(server.requests.first?.headers["if-match"] == "\"1.7\"")
        #expect(server.requests.first?.method == "PUT")
    }

    @Test func aWriteWhoseAnswerIsLostIsMadeAgainUnderTheSameIdentifier() async throws {
        let record = record
        let server = try ScriptedHTTPServer { $0.number < 3 ? .hangUp : Served.record(record, 201) }
        #expect(try await RegistryClient(url: server.url).create(record.content, as: key).record == record)
        let requests = server.requests
        #expect(requests.count == 3)
        #expect(Set(requests.map { $0.headers["idempotency-key"] }).count == 1)
        #expect(Set(requests.map { $0.method + $0.target + $0.text }).count == 1)
    }

    @Test func aWriteThatIsNeverAnsweredIsUnknownAndNamesItsIdentifier() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.update(record.content, of: key, WriteOptions(changeID: "k-2"))
        }
        #expect(error.code == .interrupted && error.changeID == "k-2")
        #expect((2...4).contains(server.requests.count))
    }

    @Test func aWriteThatTimesOutIsMadeAtLeastOnceMore() async throws {
        let record = record
        let server = try ScriptedHTTPServer { $0.number == 1 ? .silence : Served.record(record) }
        let client = try RegistryClient(url: server.url, timeout: .milliseconds(500))
        #expect(try await client.update(record.content, of: key).record == record)
    }

    @Test func afterAnUnknownOutcomeARefusedConnectionDoesNotMeanThatNothingWasSent() async throws {
        let server = try ScriptedHTTPServer { _ in .silence }
        let client = try RegistryClient(url: server.url)
        let task = Task { [key, record] in
            try await failure { () throws(RegistryClientError) in try await client.update(record.content, of: key) }
        }
        try await eventually("the first attempt") { !server.requests.isEmpty }
        server.close()
        #expect(try await task.value.code == .interrupted)
    }

    @Test func aWriteThatIsCancelledNamesItsIdentifier() async throws {
        let server = try ScriptedHTTPServer { _ in .silence }
        let client = try RegistryClient(url: server.url)
        let task = Task { [key, record] in
            try await failure { () throws(RegistryClientError) in
                try await client.update(record.content, of: key, WriteOptions(changeID: "k-3"))
            }
        }
        try await eventually("the request") { !server.requests.isEmpty }
        task.cancel()
        let error = try await task.value
        #expect(error.code == .cancelled && error.changeID == "k-3")
    }

    @Test func aRegistryThatIsBusyIsAskedAgainWhenItSays() async throws {
        let record = record
        let server = try ScriptedHTTPServer {
            $0.number == 1 ? .problem(503, "unavailable", headers: ["Retry-After": "0"]) : Served.record(record)
        }
        #expect(try await RegistryClient(url: server.url).update(record.content, of: key).record == record)
        #expect(Set(server.requests.map { $0.headers["idempotency-key"] }).count == 1)
    }

    @Test(arguments: [(400, "invalid-json"), (409, "exists"), (412, "version-mismatch"), (422, "change-reused")])
    func aRefusalIsNotAskedAgain(_ status: Int, _ type: String) async throws {
        let server = try ScriptedHTTPServer { _ in .problem(status, type, "No.") }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.create(record.content, as: key)
        }
        #expect(error.message == "No." && error.changeID != nil)
        #expect(server.requests.count == 1)
    }

    @Test func anAnswerWithAnotherContentIsRefused() async throws {
        let other = RecordChain(key, [#"{"a":2}"#]).records[0]
        let server = try ScriptedHTTPServer { _ in Served.record(other, 201) }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.create(record.content, as: key)
        }
        #expect(error.code == .invalidAnswer)
    }

    @Test(arguments: [
        (#"{"deleted":1,"version":4}"#, Deletion.deleted(version: 4)), (#"{"deleted":0}"#, .nothing),
    ])
    func aDeletionSaysWhatItDid(_ body: String, _ deletion: Deletion) async throws {
        let server = try ScriptedHTTPServer { _ in .json(200, body) }
        let options = WriteOptions(comment: "no more", createdBy: "me")
        #expect(try await RegistryClient(url: server.url).delete(key, options) == deletion)
        #expect(server.requests.first?.query == "environment=prod&comment=no%20more&created_by=me")
    }

    @Test func aRollbackNamesItsVersion() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record) }
        _ = try await RegistryClient(url: server.url).rollback(key, to: 1, WriteOptions(comment: "back"))
        #expect(server.requests.first?.path == "/api/configs/parsing/rollback")
        #expect(server.requests.first?.text == #"{"to_version":1,"comment":"back"}"#)
    }

    @Test func aPatchIsSentAsItIs() async throws {
        let record = record
        let server = try ScriptedHTTPServer { _ in Served.record(record) }
        let client = try RegistryClient(url: server.url)
        var merge = JSONObject()
        merge["a"] = .null
        _ = try await client.patch(.merge(merge), of: key, WriteOptions(comment: "x"))
        _ = try await client.patch(.operations([.object(merge)]), of: key)
        let requests = server.requests
        #expect(requests.map(\.text) == [#"{"a":null}"#, #"[{"a":null}]"#])
        #expect(
            requests.map { $0.headers["content-type"] } == [
                "application/merge-patch+json", "application/json-patch+json",
            ])
        #expect(requests[0].query == "environment=prod&comment=x")
    }
}
