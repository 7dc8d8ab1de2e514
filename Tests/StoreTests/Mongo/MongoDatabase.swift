import ConfigModel
import Logging
import TestSupport
import Testing

@testable import MongoStore

extension MongoStore {
    /// Closes it while the test goes on: the driver takes half a second to end its threads.
    func closeAlongside() { Task { await close() } }
}

/// A database of its own on the real server, with direct access to it beside the store; dropped at the end.
struct MongoDatabase: Sendable {
    static let isThere = ServiceEnvironment.mongodbURI != nil

    let name: String
    private let direct: WorkerPool

    /// Makes a name that is not in use and lends the database, which does not exist yet.
    static func with<Result>(_ body: (MongoDatabase) async throws -> Result) async throws -> Result {
        let name = "configbus_test_\(UUIDText.random().prefix(8))"
        let direct = try await MongoConnector().connect(try uri(database: name), MongoOptions(connections: 2))
        let database = MongoDatabase(name: name, direct: direct)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(database))
        } catch {
            result = .failure(error)
        }
        try await database.command(["dropDatabase": 1])
        Task { await direct.close() }
        return try result.get()
    }

    /// Lends a store in a database of its own.
    static func withStore<Result>(
        options: MongoOptions = .init(), _ body: (MongoStore, MongoDatabase) async throws -> Result
    ) async throws -> Result {
        try await with { database in
            let store = try await database.open(options: options)
            defer { store.closeAlongside() }
            return try await body(store, database)
        }
    }

    /// Lends a store in a database of its own, behind a proxy that can lose the server's answers.
    static func withProxy(
        retryWrites: Bool, options: MongoOptions = .init(),
        _ body: (MongoStore, LossyProxy) async throws -> Void
    ) async throws {
        try await with { database in
            let address = try Address.ofEnvironment()
            let proxy = try LossyProxy(to: address.host.name, port: address.host.port)
            defer { proxy.close() }
            // The members send clients their own addresses; a direct connection stays on the proxy.
            let uri = """
                mongodb://\(address.login)127.0.0.1:\(proxy.port)/\(database.name)\
                ?directConnection=true&retryWrites=\(retryWrites)
                """
            let store = try await MongoStore.open(uri: uri, options: options, logger: Logger.silent)
            defer { store.closeAlongside() }
            try await body(store, proxy)
        }
    }

    /// The URI of the environment with this database in it and other options behind those it has.
    func uri(_ options: String = "") throws -> String { try Self.uri(database: name, options) }

    /// Opens the store, possibly with other options in the URI.
    func open(_ uriOptions: String = "", options: MongoOptions = .init()) async throws -> MongoStore {
        try await MongoStore.open(uri: try uri(uriOptions), options: options, logger: Logger.silent)
    }

    /// Does something with the driver itself.
    func run<Value: Sendable>(
        _ body: @Sendable (MongoClient) throws(MongoFailure) -> Value
    ) async throws -> Value {
        try await direct.run(body)
    }

    /// Runs a command that writes.
    func command(_ command: BSONFields) async throws {
        try await run { client throws(MongoFailure) in try client.writeCommand(for: .versions, command) }
    }

    /// Changes fields of versions behind the store's back.
    func set(_ fields: BSONFields, ofVersion version: Int64) async throws {
        try await run { client throws(MongoFailure) in
            let count = try client.updateAll(in: .versions, ["_id.v": .int64(version)], ["$set": .document(fields)])
            guard count == 1 else { throw MongoFailure(.invalid, "\(count) versions have the number \(version)") }
        }
    }

    private static func uri(database: String, _ options: String = "") throws -> String {
        let parts = try Address.ofEnvironment()
        let all = [parts.options, options].filter { !$0.isEmpty }.joined(separator: "&")
        return "mongodb://\(parts.authority)/\(database)" + (all.isEmpty ? "" : "?\(all)")
    }

    /// The parts of `CONFIGBUS_TEST_MONGODB_URI`.
    struct Address {
        let authority: String
        let options: String

        static func ofEnvironment() throws -> Address {
            let uri = try #require(ServiceEnvironment.mongodbURI)
            try #require(uri.hasPrefix("mongodb://"))
            let parts = uri.dropFirst(10).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            let authority = parts[0].prefix { $0 != "/" }
            return Address(authority: String(authority), options: parts.count == 2 ? String(parts[1]) : "")
        }

        /// User and password with the `@` behind them; empty when there are none.
        var login: String { authority.contains("@") ? "\(authority.prefix { $0 != "@" })@" : "" }

        /// The first member.
        var host: (name: String, port: Int) {
            let parts = authority.dropFirst(login.count).prefix { $0 != "," }.split(separator: ":")
            return (parts.first.map(String.init) ?? "", parts.count == 2 ? Int(parts[1]) ?? 27_017 : 27_017)
        }
    }
}
