import AsyncSupport

/// One client of the driver on a queue of its own, where its calls may block.
actor MongoWorker {
    private let executor: QueueExecutor
    private let pool: ClientPool
    private let settings: ClientSettings
    /// Made with the first call.
    private var client: MongoClient?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(number: Int, pool: ClientPool, settings: ClientSettings) {
        executor = QueueExecutor(label: "configbus.mongodb.\(number)")
        self.pool = pool
        self.settings = settings
    }

    /// - Parameter finished: called when the worker is free again, before the caller is resumed.
    func run<Value: Sendable>(
        _ operation: @Sendable (MongoClient) throws(MongoFailure) -> Value, finished: @Sendable (MongoWorker) -> Void
    ) throws(MongoFailure) -> Value {
        defer { finished(self) }
        return try operation(openedClient())
    }

    /// Gives the client back to the pool.
    func close() { client = nil }

    /// Gives the client back and ends the pool; every other worker must be closed.
    func closePool() {
        client = nil
        pool.destroy()
    }

    private func openedClient() throws(MongoFailure) -> MongoClient {
        if let client { return client }
        let opened = try MongoClient(pool, database: settings.database, limits: settings.limits)
        client = opened
        return opened
    }
}

/// What every client is set up with.
struct ClientSettings: Sendable {
    let database: String
    let limits: ReplyLimits
    let search: ServerSearch
}
