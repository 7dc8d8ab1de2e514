import EventBus
import Logging
import RabbitBus

/// The broker that `--amqp-uri` or `CONFIGBUS_AMQP_URI` names.
enum BusArgument {
    /// - Parameter missing: what is done when the exchange does not exist.
    /// - Returns: nil when no broker is named.
    /// - Throws: `CommandFailure`, which never contains the URI.
    static func bus(
        _ uri: String?, exchange: String, name: String, missing: MissingExchange = .makeAndWarn, logger: Logger
    ) throws -> RabbitBus? {
        guard let uri = uri ?? EnvironmentVariable.amqpURI.value else { return nil }
        var options = RabbitBusOptions()
        options.missingExchange = missing
        do {
            return try RabbitBus(uri: uri, exchange: exchange, name: name, options: options, logger: logger)
        } catch {
            throw CommandFailure.usage("--amqp-uri: \(error.message)")
        }
    }
}
