import Foundation

@testable import MongoStore

/// A test's database on the real MongoDB.
enum TestDatabase {
    static func drop(_ name: String, on servers: TestServers) async throws {
        try await run(["dropDatabase": 1], in: name, on: servers)
    }

    /// Removes the newer versions of every document, as the restore of an old backup does.
    static func forgetVersions(
        after version: Int64, in name: String, on servers: TestServers? = .shared
    ) async throws {
        guard let servers else { throw MissingServer() }
        let newer: BSONFields = ["_id.v": ["$gt": .int64(version)]]
        try await run(
            ["delete": "versions", "deletes": [["q": .document(newer), "limit": 0]]], in: name, on: servers)
    }

    /// Makes all versions older.
    static func age(by seconds: Int64, in name: String, on servers: TestServers? = .shared) async throws {
        guard let servers else { throw MissingServer() }
        let now = Int64(Date().timeIntervalSince1970)
        let time = BSONValue.timestamp(seconds: UInt32(clamping: now - seconds), increment: 1)
        try await run(
            [
                "update": "versions",
                "updates": [["q": ["_id.v": ["$gt": 0]], "u": ["$set": ["at": time]], "multi": true]],
            ], in: name, on: servers)
    }

    /// Lets another program prune, as time does.
    static func endPruningLease(in name: String, on servers: TestServers? = .shared) async throws {
        guard let servers else { throw MissingServer() }
        try await run(
            ["delete": "meta", "deletes": [["q": ["_id": "lease/pruning"], "limit": 0]]], in: name, on: servers)
    }

    private static func run(_ command: BSONFields, in name: String, on servers: TestServers) async throws {
        let workers = try await MongoConnector().connect(
            servers.mongodbURI(database: name), MongoOptions(connections: 1))
        // The driver takes half a second to end its threads.
        defer { Task { await workers.close() } }
        try await workers.run { client throws(MongoFailure) in
            try client.writeCommand(for: .versions, command)
        }
    }
}
