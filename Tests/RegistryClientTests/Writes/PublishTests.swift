import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PublishTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test(arguments: ["unknown", "deleted"])
    func whatIsNotThereIsCreatedUnderTheSameIdentifier(_ type: String) async throws {
        let record = record
        let server = try ScriptedHTTPServer { $0.method == "PUT" ? .problem(404, type) : Served.record(record, 201) }
        #expect(try await RegistryClient(url: server.url).publish(record.content, as: key).record == record)
        #expect(server.requests.map(\.method) == ["PUT", "POST"])
        #expect(Set(server.requests.map { $0.headers["idempotency-key"] }).count == 1)
    }

    @Test func whatSomebodyCreatesInBetweenIsUpdated() async throws {
        let record = record
        let server = try ScriptedHTTPServer { request in
            switch request.number {
            case 1: .problem(404, "unknown")
            case 2: .problem(409, "exists")
            default: Served.record(record)
            }
        }
        #expect(try await RegistryClient(url: server.url).publish(record.content, as: key).record == record)
        #expect(server.requests.map(\.method) == ["PUT", "POST", "PUT"])
    }

    @Test func aCreationWhoseAnswerIsLostIsRepeatedAsACreation() async throws {
        let record = record
        let server = try ScriptedHTTPServer { request in
            switch request.number {
            case 1: .problem(404, "unknown")
            case 2: .hangUp
            default: Served.record(record, 201)
            }
        }
        #expect(try await RegistryClient(url: server.url).publish(record.content, as: key).record == record)
        #expect(server.requests.map(\.method) == ["PUT", "POST", "POST"])
        #expect(Set(server.requests.map { $0.headers["idempotency-key"] }).count == 1)
    }

    @Test func anExpectedVersionMeansThereIsOne() async throws {
        let server = try ScriptedHTTPServer { _ in .problem(404, "deleted") }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.publish(record.content, as: key, WriteOptions(expected: .version(3)))
        }
        #expect(error.code == .notFound)
        #expect(server.requests.count == 1)
    }

    @Test func aDocumentThatComesAndGoesIsGivenUp() async throws {
        let server = try ScriptedHTTPServer { $0.method == "PUT" ? .problem(404, "deleted") : .problem(409, "exists") }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.publish(record.content, as: key)
        }
        #expect(error.code == .conflict)
    }

    @Test func a404OfSomethingElseCreatesNothing() async throws {
        let server = try ScriptedHTTPServer { _ in .json(404, "no such page", type: "text/plain") }
        let client = try RegistryClient(url: server.url)
        _ = try await failure { () throws(RegistryClientError) in try await client.publish(record.content, as: key) }
        #expect(server.requests.map(\.method) == ["PUT"])
    }
}
