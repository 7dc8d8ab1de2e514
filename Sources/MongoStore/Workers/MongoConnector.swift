import AsyncSupport
import ConfigStore

/// Makes the driver's pool away from Swift's own threads: resolving a `mongodb+srv` name may block.
actor MongoConnector {
    private let executor = QueueExecutor(label: "configbus.mongodb.connector")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func connect(_ text: String, _ options: MongoOptions) throws(StoreError) -> WorkerPool {
        let uri: MongoURI
        do throws(UnreadableURI) {
            uri = try MongoURI.parse(text, options: options)
        } catch {
            throw .invalid(error.reason)
        }
        return WorkerPool(
            try ClientPool(uri), settings: ClientSettings(uri, options), connections: uri.connections,
            waitingCalls: options.waitingCalls, waitingTime: options.connectTimeout)
    }
}

extension ClientSettings {
    fileprivate init(_ uri: borrowing MongoURI, _ options: MongoOptions) {
        database = uri.database
        search = uri.search
        limits = ReplyLimits(readTime: options.replyTimeout * 4 / 5, writeConcernTimeout: options.writeConcernTimeout)
    }
}
