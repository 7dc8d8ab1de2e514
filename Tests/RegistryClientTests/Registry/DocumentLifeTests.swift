import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// The client and a real registry, over HTTP.
@Suite(.timeLimit(.minutes(1))) struct DocumentLifeTests {
    private let key: DocumentKey
    private let first: Content
    private let second: Content

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        first = try Content(parsing: Array(#"{"big":18446744073709551617,"f":1.0}"#.utf8))
        second = try Content(parsing: Array(#"{"f":1E400,"text":"a/b é"}"#.utf8))
    }

    @Test func aDocumentIsPublishedReadRolledBackAndDeleted() async throws {
        try await RunningRegistry.with { client, _ in
            let options = WriteOptions(comment: "why", createdBy: "me", correlationID: "c-1")
            let created = try await client.publish(first, as: key, options).record
            #expect(created.version == 1 && created.changeType == .created && created.correlationID == "c-1")
            #expect(created.createdBy == "me" && created.comment == "why")
            let updated = try await client.publish(second, as: key, WriteOptions(expected: .version(1))).record
            #expect(
                updated.version == 2 && updated.changeType == .updated && updated.previousHash == created.recordHash)
            let restored = try await client.rollback(key, to: 1).record
            #expect(restored.version == 3 && restored.content == first && restored.restoredFrom == 1)
            #expect(try await client.history(of: key) == [restored, updated, created])
            #expect(try await client.history(of: key, before: 3, limit: 1) == [updated])
            #expect(try await client.version(2, of: key) == updated)
            #expect(try await client.content(ofVersion: 2, of: key).content == second)
            #expect(try await client.delete(key) == .deleted(version: 4))
            #expect(try await client.delete(key) == .nothing)
            let revived = try await client.publish(second, as: key)
            #expect(revived.version == 5 && revived.changeType == .created)
        }
    }

    @Test func aHeadIsServedConditionally() async throws {
        try await RunningRegistry.with { client, _ in
            #expect(try await client.head(of: key) == .unknown)
            let record = try await client.create(first, as: key)
            guard case .content(let head) = try await client.head(of: key, minimumVersion: 1) else {
                throw Unexpected(what: "no content")
            }
            #expect(head.content == first && head.version == 1 && head.signedFacts == record.signedFacts)
            #expect(
                try await client.head(of: key, ifNoneMatch: head.etag)
                    == .notModified(etag: head.etag, facts: head.signedFacts))
            let behind = try await failure { () throws(RegistryClientError) in
                try await client.head(of: key, minimumVersion: 5_000, epoch: head.epoch)
            }
            #expect(behind.code == .behind && behind.retryAfter != nil)
            _ = try await client.delete(key)
            guard case .deleted(let tombstone) = try await client.head(of: key, ifNoneMatch: head.etag) else {
                throw Unexpected(what: "not deleted")
            }
            #expect(tombstone.version == 2 && tombstone.epoch == head.epoch)
            #expect(
                try await client.head(of: key, ifNoneMatch: tombstone.etag)
                    == .notModified(etag: tombstone.etag, facts: tombstone.signedFacts))
        }
    }

    @Test func aLongPollEndsWithTheChange() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(first, as: key)
            guard case .content(let head) = try await client.head(of: key) else { throw Unexpected(what: "no content") }
            async let answer = client.head(of: key, ifNoneMatch: head.etag, wait: .seconds(30))
            _ = try await client.update(second, of: key)
            guard case .content(let changed) = try await answer else { throw Unexpected(what: "no change") }
            #expect(changed.version == 2)
        }
    }

    @Test func preconditionsAreRefusedWithTheStateThatIs() async throws {
        try await RunningRegistry.with { client, _ in
            let missing = try await failure { () throws(RegistryClientError) in try await client.update(first, of: key)
            }
            #expect(missing.code == .notFound && missing.problem?.type == "unknown")
            _ = try await client.create(first, as: key)
            let exists = try await failure { () throws(RegistryClientError) in try await client.create(first, as: key) }
            #expect(exists.code == .conflict && exists.problem?.version == 1)
            for expected in [ExpectedVersion.version(7), .etag("\"1.7\"")] {
                let stale = try await failure { () throws(RegistryClientError) in
                    try await client.update(second, of: key, WriteOptions(expected: expected))
                }
                #expect(stale.code == .preconditionFailed && stale.problem?.version == 1)
                #expect(stale.problem?.etag == "\"1.1\"")
            }
            let unknown = try await failure { () throws(RegistryClientError) in try await client.version(9, of: key) }
            #expect(unknown.code == .notFound)
        }
    }

    @Test func oneIdentifierMakesOneVersion() async throws {
        try await RunningRegistry.with { client, _ in
            let options = WriteOptions(changeID: "order-66")
            let one = try await client.publish(first, as: key, options)
            #expect(try await client.publish(first, as: key, options) == one)
            let reused = try await failure { () throws(RegistryClientError) in
                try await client.publish(second, as: key, options)
            }
            #expect(reused.code == .refused && reused.problem?.type == "change-reused" && reused.changeID == "order-66")
            #expect(try await client.delete(key, WriteOptions(changeID: "gone")) == .deleted(version: 2))
            #expect(try await client.delete(key, WriteOptions(changeID: "gone")) == .deleted(version: 2))
        }
    }

    @Test func manyWritersGetOneVersionEach() async throws {
        try await RunningRegistry.with { client, _ in
            try await withThrowingTaskGroup { group in
                for writer in 1...8 {
                    group.addTask {
                        for step in 1...5 {
                            let json = #"{"step":\#(step),"writer":\#(writer)}"#
                            _ = try await client.publish(try Content(parsing: Array(json.utf8)), as: key)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let history = try await client.history(of: key, limit: 100)
            #expect(history.map(\.version) == Array((1...40).reversed()))
        }
    }

    @Test func patchesAreApplied() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(try Content(parsing: Array(#"{"a":1,"b":2}"#.utf8)), as: key)
            var merge = JSONObject()
            merge["a"] = .null
            let merged = try await client.patch(.merge(merge), of: key, WriteOptions(comment: "no a", createdBy: "me"))
            #expect(merged.content.bytes == Array(#"{"b":2}"#.utf8) && merged.comment == "no a")
            let operation = try JSONValue(parsing: #"{"op":"add","path":"/c","value":3.0}"#)
            let patched = try await client.patch(.operations([operation]), of: key)
            #expect(patched.content.bytes == Array(#"{"b":2,"c":3.0}"#.utf8))
        }
    }

    @Test func twoVersionsAreCompared() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(try Content(parsing: Array(#"{"a":1,"b":2}"#.utf8)), as: key)
            _ = try await client.update(try Content(parsing: Array(#"{"b":3,"c":4}"#.utf8)), of: key)
            let diff = try await client.diff(of: key)
            #expect(diff.oldVersion == 1 && diff.newVersion == 2)
            #expect(diff.added.keys == ["c"] && diff.removed.keys == ["a"] && diff.changed.map(\.key) == ["b"])
        }
    }

    @Test func listsGoOnPageByPage() async throws {
        try await RunningRegistry.with { client, _ in
            let keys = try (1...7).map { try DocumentKey(service: "tenants.a\($0)", environment: "prod") }
            for key in keys { _ = try await client.create(first, as: key) }
            _ = try await client.delete(keys[3])
            var query = ListRequest(prefix: "tenants", environment: "prod", includesDeleted: true, limit: 3)
            var summaries: [HeadSummary] = []
            var records: [VersionRecord] = []
            repeat {
                let page = try await client.headSummaries(query)
                records += try await client.heads(query).elements
                summaries += page.elements
                query.cursor = page.next
            } while query.cursor != nil
            #expect(summaries.map(\.key) == keys && records.map(\.key) == keys)
            #expect(summaries[3].changeType == .deleted && summaries[3].version == 2)
            #expect(summaries.map(\.recordHash) == records.map(\.recordHash))
            #expect(try await client.heads(ListRequest(service: "tenants.a4")).elements.isEmpty)
        }
    }

    @Test func theRegistryTellsHowItIs() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(first, as: key)
            let health = try await client.health()
            #expect(health.status == .healthy && health.details["service"] == .string("config-registry"))
            #expect(try await client.statistics()["configs_created"] != nil)
        }
    }
}
