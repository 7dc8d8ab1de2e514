import ConfigAccess
import ConfigStore
import Logging
import TestSupport
import Testing

@testable import MongoStore

/// A store that could not keep its promises does not open.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoSetupTests {
    @Test func indexesAreMadeOnceAndMadeAgainWhenTheyAreMissing() async throws {
        try await MongoDatabase.withStore { _, database in
            for index in VersionIndex.all {
                try await database.command(["dropIndexes": "versions", "index": .string(index.name)])
                let reopened = try await database.open()
                reopened.closeAlongside()
                #expect(
                    try await indexNames(database) == [
                        "_id_", "change", "changeset", "document", "stored", "unannounced",
                    ])
            }
        }
    }

    /// Another name is no matter: the fields and options are.
    @Test func indexMayHaveAnotherName() async throws {
        try await MongoDatabase.withStore { store, database in
            try await database.command(["dropIndexes": "versions", "index": "document"])
            try await makeIndex(
                ["name": "mine", "key": VersionIndex.document.key, "partialFilterExpression": ["_id.v": 1]],
                in: database)
            let reopened = try await database.open()
            reopened.closeAlongside()
            #expect(try await indexNames(database) == ["_id_", "change", "changeset", "mine", "stored", "unannounced"])
            #expect(try await store.append(VersionChain("a/prod").following()) == .stored)
            #expect(try await store.heads(HeadQuery()).count == 1)
        }
    }

    static let unusable: [(dropped: String, specification: BSONFields, reason: String)] = [
        ("change", ["name": "change", "key": VersionIndex.change.key], "it is not unique"),
        (
            "change", ["name": "c", "key": VersionIndex.change.key, "unique": true, "sparse": true],
            "it has the option 'sparse'"
        ),
        (
            "change", ["name": "c", "key": VersionIndex.change.key, "unique": true, "hidden": true],
            "it has the option 'hidden'"
        ),
        (
            "change",
            [
                "name": "c", "key": VersionIndex.change.key, "unique": true,
                "partialFilterExpression": ["announced": true],
            ],
            "it has a partialFilterExpression"
        ),
        ("document", ["name": "document", "key": VersionIndex.document.key], "it has no partialFilterExpression"),
        (
            "document",
            ["name": "d", "key": VersionIndex.document.key, "partialFilterExpression": ["_id.v": 2]],
            "its partialFilterExpression is another"
        ),
        (
            "unannounced",
            ["name": "u", "key": VersionIndex.unannounced.key, "partialFilterExpression": ["announced": true]],
            "its partialFilterExpression is another"
        ),
        ("changeset", ["name": "c", "key": VersionIndex.changeSet.key], "it has no partialFilterExpression"),
        (
            "changeset",
            [
                "name": "c", "key": VersionIndex.changeSet.key,
                "partialFilterExpression": ["changeset_id": ["$gt": "5"]],
            ],
            "its partialFilterExpression is another"
        ),
    ]

    @Test(arguments: unusable.indices)
    func unusableIndexIsRefused(_ index: Int) async throws {
        let (dropped, specification, reason) = Self.unusable[index]
        try await MongoDatabase.withStore { _, database in
            try await database.command(["dropIndexes": "versions", "index": .string(dropped)])
            try await makeIndex(specification, in: database)
            let error = await #expect(throws: StoreError.self) { try await database.open() }
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
            #expect(error?.description.contains("of the collection 'versions'") == true)
        }
    }

    @Test func indexThatDeletesVersionsIsRefused() async throws {
        try await MongoDatabase.withStore { _, database in
            try await makeIndex(["name": "tidy", "key": ["created_at": 1], "expireAfterSeconds": 60], in: database)
            let error = await #expect(throws: StoreError.self) { try await database.open() }
            #expect(error?.description.contains("the index 'tidy'") == true, "\(String(describing: error))")
        }
    }

    @Test func formatIsWrittenOnceAndWhereItIsAbsent() async throws {
        try await MongoDatabase.withStore { _, database in
            #expect(try await format(of: database) == [MongoClient.firstFormat])
            try await database.run { client throws(MongoFailure) in
                try client.writeCommand(
                    for: .meta, ["delete": "meta", "deletes": [["q": ["_id": "format"], "limit": 1]]])
            }
            #expect(try await format(of: database) == [])
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try? await database.open().closeAlongside() } }
            }
            #expect(try await format(of: database) == [MongoClient.firstFormat])
        }
    }

    /// A program that does not know that callers may need a credential would let everybody in.
    @Test func formatRisesWhenCallersNeedACredential() async throws {
        try await MongoDatabase.withStore { store, database in
            try await store.setAuthentication(.off)
            #expect(try await format(of: database) == [MongoClient.firstFormat])
            try await store.setAuthentication(.required)
            #expect(try await format(of: database) == [MongoClient.identityFormat])
            try await store.setAuthentication(.off)
            #expect(try await format(of: database) == [MongoClient.identityFormat])
            let reopened = try await database.open()
            #expect(try await reopened.state().authentication == .off)
            reopened.closeAlongside()
        }
    }

    /// A program that does not know change sets would announce their members without the list.
    @Test func formatRisesWithTheFirstChangeSet() async throws {
        try await MongoDatabase.withStore { store, database in
            #expect(try await store.append(VersionChain("a/prod").following()) == .stored)
            #expect(try await format(of: database) == [MongoClient.firstFormat])
            #expect(try await store.append(VersionChain.set(["b/prod", "c/prod"])) == .stored)
            #expect(try await format(of: database) == [MongoClient.changeSetFormat])
            // Identities need no more than that.
            try await store.setAuthentication(.required)
            #expect(try await format(of: database) == [MongoClient.changeSetFormat])
            let reopened = try await database.open()
            #expect(try await reopened.append(VersionChain.set(["d/prod"])) == .stored)
            reopened.closeAlongside()
        }
    }

    @Test func accessLogIsCapped() async throws {
        try await MongoDatabase.withStore { store, database in
            for _ in 0..<2 {
                let capped = try await database.run { client throws(MongoFailure) in try client.isAccessLogCapped() }
                #expect(capped == true)
                // As a copy by another program leaves it.
                try await database.command(["drop": "access_log"])
                try await store.appendAccessLog([AccessLogEntry.sample(at: 1)])
                let copied = try await database.run { client throws(MongoFailure) in try client.isAccessLogCapped() }
                #expect(copied == false)
                let reopened = try await database.open()
                #expect(try await reopened.accessLog(AccessLogQuery()).entries == [AccessLogEntry.sample(at: 1)])
                reopened.closeAlongside()
            }
        }
    }

    @Test(arguments: [
        (BSONValue.int64(MongoClient.format + 1), "was written by a newer version of configbus (its format is"),
        (.int64(.max), "use that version"), (.int64(0), "which no version of configbus wrote"),
        (.string("1"), "has no number"),
    ])
    func aFormatThatThisProgramDoesNotKnowIsRefusedAndNothingIsChanged(_ number: BSONValue, reason: String) async throws
    {
        try await MongoDatabase.withStore { _, database in
            _ = try await database.run { client throws(MongoFailure) in
                try client.updateAll(in: .meta, ["_id": "format"], ["$set": ["n": number]])
            }
            try await database.command(["dropIndexes": "versions", "index": "document"])
            let error = await #expect(throws: StoreError.self) { try await database.open() }
            guard case .invalid(let text)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(text.contains(reason) && text.contains("'\(database.name)'"), "\(text)")
            #expect(try await indexNames(database) == ["_id_", "change", "changeset", "stored", "unannounced"])
        }
    }

    private func format(of database: MongoDatabase) async throws -> [Int64] {
        try await database.run { client throws(MongoFailure) in
            try client.find(in: .meta, ["_id": "format"]) { row throws(MongoFailure) in try row.int64("n") }
        }
    }

    /// The weakest concerns in the URI change nothing: the server's own profile shows what was sent.
    @Test func everyWriteIsForTheJournalOfAMajorityAndEveryReadForAMajority() async throws {
        try await MongoDatabase.withStore { _, database in
            let store = try await database.open("w=1&journal=false&readConcernLevel=local&readPreference=secondary")
            try await setProfiling(2, of: database)
            var chain = try VersionChain("a/prod")
            #expect(try await store.append(chain.next()) == .stored)
            #expect(try await store.head(of: chain.key) != nil)
            #expect(try await store.heads(HeadQuery()).count == 1)
            try await store.markAnnounced([VersionIdentity(key: chain.key, version: 1)])
            _ = try await store.advanceEpoch(reason: "test")
            try await setProfiling(0, of: database)
            store.closeAlongside()
            let writes = try await profile(of: ["insert", "command"], in: database, "writeConcern") {
                concern throws(MongoFailure) in
                "\(try concern.string("w")) \(try concern.bool("j"))"
            }
            // One insert is all that an append takes. The profile lists updates without their concern; they go through the
            // same collection handle.
            #expect(writes == ["insert majority true"])
            let reads = try await profile(of: ["query", "command"], in: database, "readConcern") {
                concern throws(MongoFailure) in
                try concern.string("level")
            }
            #expect(reads.count >= 3)
            #expect(reads.allSatisfy { $0.hasSuffix("majority") }, "\(reads)")
        }
    }

    private func makeIndex(_ specification: BSONFields, in database: MongoDatabase) async throws {
        try await database.command(["createIndexes": "versions", "indexes": [.document(specification)]])
    }

    private func setProfiling(_ level: Int64, of database: MongoDatabase) async throws {
        try await database.run { client throws(MongoFailure) in
            try client.plainCommand(in: database.name, ["profile": .int64(level)]) { _ in }
        }
    }

    private func indexNames(_ database: MongoDatabase) async throws -> [String] {
        try await database.run { client throws(MongoFailure) in
            try client.indexes(of: .versions) { index throws(MongoFailure) in try index.string("name") }
        }.sorted()
    }

    /// Operations in the profile with one of their concerns, in order.
    private func profile(
        of operations: [String], in database: MongoDatabase, _ concern: String,
        _ describe: @escaping @Sendable (BSONView) throws(MongoFailure) -> String
    ) async throws -> [String] {
        let operations = operations.map { BSONValue.string($0) }
        let namespaces = ["versions", "meta", "$cmd"].map { BSONValue.string("\(database.name).\($0)") }
        let profile: [BSONValue] = [
            ["$match": ["op": ["$in": .array(operations)], "ns": ["$in": .array(namespaces)]]],
            ["$match": ["command.\(concern)": ["$exists": true]]],
            ["$sort": ["ts": 1]],
        ]
        return try await database.run { client throws(MongoFailure) in
            try client.aggregate(
                in: .versions,
                [
                    ["$match": ["_id": "none"]],
                    ["$unionWith": ["coll": "system.profile", "pipeline": .array(profile)]],
                ]
            ) { entry throws(MongoFailure) in
                let operation = try entry.string("op")
                let concern = try entry.document("command") { command throws(MongoFailure) in
                    try command.document(concern, describe)
                }
                return "\(operation) \(concern)"
            }
        }
    }
}
