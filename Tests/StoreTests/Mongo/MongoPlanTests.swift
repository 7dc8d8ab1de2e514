import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// What the server has to look at for a response: it grows with the response and not with the collection.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoPlanTests {
    struct Cost: Sendable, Equatable {
        let keys: Int64
        let documents: Int64
    }

    static let queries: [(name: String, query: HeadQuery, found: Int64)] = [
        ("page", HeadQuery(limit: 10), 10),
        ("environment", HeadQuery(environment: "prod", limit: 10), 10),
        ("service", HeadQuery(service: "group7.service3", limit: 10), 3),
        ("one", HeadQuery(environment: "dev", service: "group7.service3", limit: 10), 1),
        ("prefix", HeadQuery(prefix: "group7", limit: 100), 30),
        ("prefix in one environment", HeadQuery(environment: "prod", prefix: "group7", limit: 100), 10),
    ]

    /// The documents that a query enumerates: 300 exist, in three environments.
    @Test func headsLookAtTheirPageOnly() async throws {
        try await MongoDatabase.withStore { store, database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for environment in ["dev", "prod", "test"] {
                    for number in 0..<100 {
                        let key = try DocumentKey(
                            service: "group\(number / 10).service\(number % 10)", environment: environment)
                        group.addTask { _ = try await store.append(VersionChain(key).following()) }
                    }
                }
                try await group.waitForAll()
            }
            for (name, query, found) in Self.queries {
                #expect(try await store.heads(query).count == Int(found), "\(name)")
                let cost = try await cost(of: query, in: database)
                // Where a scan goes on in the next environment it looks at a few keys more.
                #expect(cost.keys <= found + 12, "\(name): \(cost)")
                #expect(cost.documents <= found + 1, "\(name): \(cost)")
            }
            // In the middle of the collection, which takes two ranges.
            var second = HeadQuery(limit: 10)
            second.after = try DocumentKey(service: "group9.service5", environment: "dev")
            #expect(try await store.heads(second).first?.record.key.description == "group9.service6/dev")
            #expect(try await cost(of: second, in: database).keys <= 22)
        }
    }

    /// The head of a long history: one key, whatever lies below it.
    @Test func headIsOneSeek() async throws {
        try await MongoDatabase.withStore { store, database in
            var chain = try VersionChain("service/prod")
            for _ in 0..<200 { #expect(try await store.append(chain.next()) == .stored) }
            let key = chain.key
            let cost = try await cost(
                [
                    "find": "versions",
                    "filter": ["_id": ["$gte": .versionIdentity(key, 1), "$lt": .versionIdentity(key, .max)]],
                    "sort": ["_id": -1], "limit": 1,
                ], in: database)
            #expect(cost == Cost(keys: 1, documents: 1))
        }
    }

    /// However many versions were published alone or with other sets.
    @Test func changeSetIsReadByItsMembers() async throws {
        try await MongoDatabase.withStore { store, database in
            for number in 0..<20 {
                #expect(try await store.append(VersionChain("alone-\(number)/prod").following()) == .stored)
            }
            let sets = try ["a", "b", "c"].map { name in try VersionChain.set((0..<5).map { "\(name)-\($0)/prod" }) }
            for set in sets { #expect(try await store.append(set) == .stored) }
            let id = try #require(sets[1][0].changeSet?.id)
            let cost = try await cost(
                ["find": "versions", "filter": ["changeset_id": .string(id)], "limit": 100], in: database)
            #expect(cost == Cost(keys: 5, documents: 5))
        }
    }

    private func cost(of query: HeadQuery, in database: MongoDatabase) async throws -> Cost {
        try await cost(
            [
                "find": "versions", "filter": .document(MongoClient.documents(DocumentRange.ranges(of: query))),
                "sort": VersionIndex.document.key, "hint": VersionIndex.document.key,
                "limit": .int64(Int64(query.limit)),
            ], in: database)
    }

    private func cost(_ command: BSONFields, in database: MongoDatabase) async throws -> Cost {
        try await database.run { client throws(MongoFailure) in
            try client.plainCommand(
                in: database.name, ["explain": .document(command), "verbosity": "executionStats"]
            ) { reply throws(MongoFailure) in
                try reply.document("executionStats") { statistics throws(MongoFailure) in
                    Cost(
                        keys: try statistics.int64("totalKeysExamined"),
                        documents: try statistics.int64("totalDocsExamined"))
                }
            }
        }
    }
}
