import ConfigModel
import ConfigStore
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// `POST /api/changesets` and `GET /api/changesets/{id}`
@Suite(.timeLimit(.minutes(2))) struct ChangeSetRouteTests {
    @Test(arguments: TestStore.available)
    func aHundredNewDocumentsAreOneSetWhoseIdentifierFollowsFromThem(store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            let services = (0..<100).map { "s\($0)" }.shuffled()
            let answer = try await client.publishSet(
                services.map { #"{"service_name":"\#($0)","environment":"prod","config_data":{"n":1.0}}"# },
                more: #","comment":"together","created_by":"me""#)
            #expect(answer.status == 201)
            #expect(answer["changeset_size"] == 100 && answer.records.count == 100)
            #expect(answer.records.map { $0["service_name"] } == services.map { .string($0) })
            let id = try #require(answer.text("changeset_id"))
            #expect(answer.header("Location") == "/api/changesets/\(id)")
            for record in answer.records {
                let record = try VersionRecord(json: .object(record))
                let set = ChangeSet(
                    epoch: record.epoch, changeID: record.changeID,
                    members: services.map { "\($0)/prod@1" }.sorted())
                #expect(record.changeSet == set && set.id == id)
                #expect(record.comment == "together" && record.createdBy == "me")
                #expect(record.changeID == answer.header("Idempotency-Key"))
            }
            let found = try await client.get("/api/changesets/\(id)")
            #expect(found["changeset_size"] == 100 && found["hidden"] == 0 && found.records.count == 100)
            #expect(Set(found.records) == Set(answer.records))
        }
    }

    @Test func everyKindOfChangeCanBeAMember() async throws {
        try await TestServer.run { client in
            for name in ["a", "b", "c", "d"] {
                try await client.create(name, #"{"n":1}"#)
                try await client.update(name, #"{"n":2}"#)
            }
            let answer = try await client.publishSet([
                #"{"service_name":"a","patch":[{"op":"replace","path":"/n","value":3}],"if_match":"\"1.2\""}"#,
                #"{"service_name":"b","merge_patch":{"m":null,"n":4},"expected_version":2}"#,
                #"{"service_name":"c","delete":true}"#, #"{"service_name":"d","restore_version":1}"#,
                #"{"service_name":"e","config_data":{"n":5},"expected_version":0}"#,
            ])
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.records.map { $0["version"] } == [3, 3, 3, 3, 1])
            let contents = answer.records.map { $0["config_data"]?.description }
            #expect(contents == [#"{"n":3}"#, #"{"n":4}"#, "{}", #"{"n":1}"#, #"{"n":5}"#])
            #expect(try await client.get("/api/configs/a").text == #"{"n":3}"#)
            #expect(try await client.get("/api/configs/c").problem == "deleted")
        }
    }

    @Test func theContentsAreLeftOutForACallerThatHasThem() async throws {
        try await TestServer.run { client in
            let answer = try await client.publishSet(
                [#"{"service_name":"a","config_data":{"n":1}}"#], headers: ["Prefer": "return=minimal"])
            #expect(answer.header("Preference-Applied") == "return=minimal")
            #expect(answer.records.count == 1 && answer.records[0]["config_data"] == nil)
            #expect(answer.records[0]["content_hash"] != nil)
        }
    }

    @Test func theSameKeyIsTheSameSetAndNoOther() async throws {
        try await TestServer.run { client in
            let key = ["Idempotency-Key": "k"]
            let documents = ["a", "b"].map { #"{"service_name":"\#($0)","config_data":{"n":1}}"# }
            let first = try await client.publishSet(documents, headers: key)
            let again = try await client.publishSet(documents, headers: key)
            #expect(again.status == 201 && again.text == first.text)
            let other = try await client.publishSet(
                documents + [#"{"service_name":"c","config_data":{}}"#], headers: key)
            #expect(other.status == 422 && other.problem == "change-reused")
            #expect(try await client.get("/api/configs/c").problem == "unknown")
            let single = try await client.call(.put, "/api/configs/a", #"{"config_data":{"n":1}}"#, headers: key)
            #expect(single.problem == "change-reused")
        }
    }

    @Test(arguments: [
        "x", "1-0", "2-" + String(repeating: "0", count: 32), "%2F", "0-" + String(repeating: "a", count: 32),
    ])
    func anIdentifierOfNoSetIsNotFound(_ id: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.get("/api/changesets/\(id)")
            #expect(answer.status == 404 && answer.problem == "unknown-change-set", "\(answer.text)")
        }
    }

    @Test func aStoreThatCannotStoreSetsIsSaidSoAndStoresVersions() async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store) { client in
            store.control.failAppends(.refused(.unsupported("this server keeps no transactions.")))
            let answer = try await client.publishSet([#"{"service_name":"a","config_data":{}}"#])
            #expect(answer.status == 501 && answer.problem == "not-supported")
            #expect(try await client.create("a").status == 201)
        }
    }

    /// A field that is null counts as absent.
    @Test func nullSaysNothing() async throws {
        try await TestServer.run { client in
            let answer = try await client.publishSet([
                #"{"service_name":"a","environment":null,"config_data":{},"checks":null,"expected_version":null,"if_match":null}"#
            ])
            #expect(answer.status == 201, "\(answer.text)")
        }
    }

    @Test func membersThatAreNotKeptAnyMoreAreNamed() async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store) { client in
            let key = ["Idempotency-Key": "set-1"]
            let documents = ["a", "b"].map { #"{"service_name":"\#($0)","environment":"prod","config_data":{}}"# }
            let made = try await client.publishSet(documents, headers: key)
            let id = try #require(made.text("changeset_id"))
            let name = try DocumentKey(parsing: "a/prod")
            let first = try #require(try await store.head(of: name)).record
            var chain = VersionChain(name, after: first)
            _ = try await store.append(chain.next())
            try await store.raise(PruneMark(key: name, through: 1, recordHash: first.recordHash))

            let found = try await client.get("/api/changesets/\(id)")
            #expect(found["changeset_size"] == 2 && found["hidden"] == 0)
            #expect(
                found["members"] == .array([.string("b/prod@1")]) && found["pruned"] == .array([.string("a/prod@1")]))
            let again = try await client.publishSet(documents, headers: key)
            #expect(again.status == 410 && again.problem == "pruned", "\(again.text)")
            #expect(again["version"] == 1 && again["oldest_version"] == 2)
        }
    }
}
