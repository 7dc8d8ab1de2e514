import EventBus
import Logging
import RabbitBus

/// The broker that `--amqp-uri` or `CONFIGBUS_AMQP_URI` names.
enum BusArgument {
    /// - Returns: nil when no broker is named.
    /// - Throws: `CommandFailure`, which never contains the URI.
    static func bus(_ uri: String?, exchange: String, name: String, logger: Logger) throws -> RabbitBus? {
        guard let uri = uri ?? EnvironmentVariable.amqpURI.value else { return nil }
        do {
            return try RabbitBus(uri: uri, exchange: exchange, name: name, logger: logger)
        } catch {
            throw CommandFailure.usage("--amqp-uri: \(error.message)")
        }
    }
}
