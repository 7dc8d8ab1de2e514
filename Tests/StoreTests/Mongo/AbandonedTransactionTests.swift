import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// A registry that dies between the insert and the commit of a set leaves a transaction behind, which keeps the documents from
/// being written. Others do not wait until the server notices, which is a minute later.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct AbandonedTransactionTests {
    private let chains: [VersionChain]
    private let abandoned: [VersionRecord]
    /// Tells the transactions of this test from those of others at the same server.
    private let application = "test-\(UUIDText.random())"

    init() throws {
        chains = try ["a/prod", "b/prod"].map { try VersionChain($0) }
        abandoned = VersionChain.set(following: chains)
    }

    @Test func anotherSetGetsTheNumbers() async throws {
        try await withAbandonedSet { store in
            let other = VersionChain.set(following: chains)
            try await eventually("the set is stored", within: .seconds(15)) { try await store.append(other) == .stored }
            #expect(try await store.head(of: chains[1].key)?.record == other[1])
        }
    }

    @Test func anotherVersionGetsTheNumber() async throws {
        try await withAbandonedSet { store in
            let other = chains[0].following(#"{"alone":true}"#)
            try await eventually("the version is stored", within: .seconds(15)) {
                try await store.append(other) == .stored
            }
            #expect(try await store.head(of: chains[0].key)?.record == other)
        }
    }

    /// Also when nothing is written: looking for versions to announce ends it.
    @Test func sweepingEndsIt() async throws {
        try await withAbandonedSet { store in
            try await sweep(store)
        }
    }

    /// Lends a store, after the connection of another ended with the insert of a set done and its commit not sent.
    private func withAbandonedSet(_ body: (MongoStore) async throws -> Void) async throws {
        try await MongoDatabase.with { database in
            let store = try await database.open("appname=\(application)")
            defer { store.closeAlongside() }
            #expect(try await store.append(VersionChain.set(["warm/up"])) == .stored)
            try await abandon(in: database)
            try await body(store)
            #expect(try await openTransactions(store) == 0)
            let id = try #require(abandoned[0].changeSet?.id)
            #expect(try await store.versions(ofChangeSet: id).rowCount == 0)
        }
    }

    private func abandon(in database: MongoDatabase) async throws {
        let address = try MongoDatabase.Address.ofEnvironment()
        let proxy = try LossyProxy(to: address.host.name, port: address.host.port)
        let dying = try await MongoConnector().connect(
            """
            mongodb://\(address.login)127.0.0.1:\(proxy.port)/\(database.name)?directConnection=true\
            &appname=\(application)
            """, MongoOptions(connections: 1, connectTimeout: .milliseconds(500)))
        let set = abandoned
        try await dying.run { client throws(MongoFailure) in
            let session = try MongoSession(client)
            let transaction = try MongoTransaction(in: session, of: client)
            var rows = BSONDocuments()
            for record in set { rows.append(try MongoClient.row(record)) }
            do throws(TransactionFailure) {
                try transaction.insert(rows, into: .versions)
            } catch {
                throw error.failure
            }
            proxy.close()
        }
        await dying.close()
    }

    private func sweep(_ store: MongoStore) async throws {
        try await eventually("the transaction is ended", within: .seconds(15)) { () -> Bool in
            _ = try await store.unannounced(limit: 10)
            return try await openTransactions(store) == 0
        }
    }

    private func openTransactions(_ store: MongoStore) async throws -> Int {
        let pipeline: BSONValue = [
            ["$currentOp": ["allUsers": false, "idleSessions": true]],
            [
                "$match": [
                    "type": "idleSession", "appName": .string(application), "transaction.timeOpenMicros": ["$gt": 0],
                ]
            ],
        ]
        return try await store.workers.run { client throws(MongoFailure) in
            try client.plainCommand(in: "admin", ["aggregate": 1, "pipeline": pipeline, "cursor": [:]]) {
                reply throws(MongoFailure) -> Int in
                try reply.document("cursor") { cursor throws(MongoFailure) -> Int in
                    try cursor.documents("firstBatch") { _ in }.count
                }
            }
        }
    }
}
