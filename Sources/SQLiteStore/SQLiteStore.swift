package import ConfigStore
import Dispatch
package import GRDB
package import Logging
import Synchronization

/// The embedded store: one SQLite file, `configbus.sqlite`, in a data directory that belongs to one process at a time.
///
/// Write-ahead log with `synchronous=FULL`: a version is on the disk when `append` returns. One connection writes; readers
/// do not wait for it.
package final class SQLiteStore: RegistryStore {
    /// The connections to the file.
    package let pool: DatabasePool
    private let path: String
    private let files: DatabaseFiles
    private let logger: Logger
    let unreadable: UnreadableTokens
    /// Nil when the store is closed.
    private let directory: Mutex<DataDirectory?>

    /// Opens or makes the store.
    ///
    /// - Throws: `StoreError.invalid` with a sentence for a person when the directory is used by another process, or the
    ///   file is damaged, not writable, or not one of this program.
    package static func open(
        directory: String, options: SQLiteOptions = .init(), logger: Logger
    ) async throws(StoreError) -> SQLiteStore {
        // Off Swift's own threads: opening reads the file and may have to recover it.
        let result: Result<SQLiteStore, StoreError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(StoreError) in
                        try SQLiteStore(DataDirectory(directory), options, logger)
                    })
            }
        }
        let store = try result.get()
        logger.info("opened the store", metadata: ["store": "sqlite", "file": "\(store.path)"])
        return store
    }

    private init(_ directory: DataDirectory, _ options: SQLiteOptions, _ logger: Logger) throws(StoreError) {
        let path = try directory.databasePath()
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.writeWithoutTransaction { database in
                // The pool chose NORMAL, with which the last commits may be lost with the power.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                if let bytes = options.maximumBytes { try database.limitSize(bytes) }
            }
            let restored = try pool.write {
                try StoreSchema.migrate($0, path: path, takesRestore: options.takesRestore)
            }
            for index in restored {
                logger.warning("made a missing index again", metadata: ["file": "\(path)", "index": "\(index)"])
            }
        } catch {
            throw StoreError(error, path: path)
        }
        files = DatabaseFiles(path: path)
        self.path = path
        self.logger = logger
        unreadable = UnreadableTokens(logger: logger)
        self.directory = Mutex(directory)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "configbus.sqlite"
        // Another process may look at the file, for a backup for example.
        configuration.busyMode = .timeout(5)
        return configuration
    }

    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await perform { try await pool.read(body) }
    }

    /// - Throws: also when the files are not in their place: what was written is lost then, or was not written.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try requireFiles()
        let value = try await perform { try await pool.write(body) }
        // Had they been removed meanwhile, what was written would be lost.
        try requireFiles()
        return value
    }

    func writeWithoutTransaction(_ body: @Sendable (Database) throws -> Void) async throws(StoreError) {
        try requireFiles()
        try await perform { try await pool.writeWithoutTransaction(body) }
    }

    /// - Throws: when the files are not in their place any more.
    func requireFiles() throws(StoreError) {
        if isOpen { try files.requirePresent() }
    }

    private func perform<Value>(_ body: () async throws -> Value) async throws(StoreError) -> Value {
        guard isOpen else { throw .closed }
        do {
            return try await body()
        } catch {
            throw isOpen ? StoreError(error, path: path) : .closed
        }
    }

    private var isOpen: Bool { directory.withLock { $0 != nil } }

    package func close() async {
        guard let held = directory.withLock({ $0.take() }) else { return }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                do {
                    try pool.close()
                } catch {
                    // The file is whole in any case: what was committed lies in the log beside it.
                    logger.error("could not close the store", metadata: ["file": "\(path)", "error": "\(error)"])
                }
                continuation.resume()
            }
        }
        // The next process may open the file only now.
        withExtendedLifetime(held) {}
    }
}

extension Database {
    /// Lets the file grow to this size at most.
    fileprivate func limitSize(_ bytes: Int64) throws {
        let pageSize = try Int64.fetchOne(self, sql: "PRAGMA page_size") ?? 4_096
        _ = try Int64.fetchOne(self, sql: "PRAGMA max_page_count = \(max(1, bytes / pageSize))")
    }
}
