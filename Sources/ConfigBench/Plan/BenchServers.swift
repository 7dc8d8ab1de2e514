import ConfigStore
import EventBus
import Logging
import MongoStore
import RabbitBus
import SQLiteStore
import ServiceLifecycle

/// The store and the bus that are measured.
package struct BenchServers: Sendable {
    /// A MongoDB; nil for the embedded store.
    package var mongodbURI: String?
    /// Where the embedded store keeps its file.
    package var dataDirectory: String
    /// A RabbitMQ; nil for the bus inside this process.
    package var amqpURI: String?
    /// The exchange.
    package var exchange: String

    /// Names them.
    package init(mongodbURI: String?, dataDirectory: String, amqpURI: String?, exchange: String) {
        self.mongodbURI = mongodbURI
        self.dataDirectory = dataDirectory
        self.amqpURI = amqpURI
        self.exchange = exchange
    }

    /// A bus, and what has to run for it.
    func bus(logger: Logger) throws(BusError) -> (bus: any EventBus, services: [any Service]) {
        guard let amqpURI else { return (InProcessBus(exchange: exchange), []) }
        let bus = try RabbitBus(uri: amqpURI, exchange: exchange, name: "configbus bench", logger: logger)
        return (bus, [bus])
    }
}
