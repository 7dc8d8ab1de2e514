import ConfigBench
import ConfigRegistry
import ConfigStore
import Foundation
import Logging
import MongoStore
import SQLiteStore

/// A store that is made for a measurement and removed afterwards.
enum GrowthStore {
    case sqlite(TemporaryDirectory)
    case mongodb(uri: String)

    /// - Parameter mongodbURI: a URI whose path names no database.
    init(mongodbURI: String?) {
        guard let mongodbURI else {
            self = .sqlite(TemporaryDirectory())
            return
        }
        let parts = mongodbURI.split(separator: "?", maxSplits: 1).map(String.init)
        let database = "configbus_benchmarks_\(ProcessInfo.processInfo.processIdentifier)"
        let server = parts[0].hasSuffix("/") ? parts[0] : parts[0] + "/"
        self = .mongodb(uri: server + database + (parts.count == 2 ? "?\(parts[1])" : ""))
    }

    var name: String {
        switch self {
        case .sqlite: "SQLite"
        case .mongodb: "MongoDB"
        }
    }

    /// The options of `serve` that name it.
    var options: [String] {
        switch self {
        case .sqlite(let directory): ["--data-dir", directory.path]
        case .mongodb(let uri): ["--mongodb-uri", uri]
        }
    }

    func open() async throws -> any RegistryStore {
        let logger = Logger(label: "configbus-benchmarks") { _ in SwiftLogNoOpLogHandler() }
        switch self {
        case .sqlite(let directory): return try await SQLiteStore.open(directory: directory.path, logger: logger)
        case .mongodb(let uri): return try await MongoStore.open(uri: uri, logger: logger)
        }
    }

    func remove() async throws {
        switch self {
        case .sqlite(let directory): try directory.remove()
        case .mongodb(let uri):
            try await MongoFloor(uri: uri).dropDatabase()
        }
    }
}
