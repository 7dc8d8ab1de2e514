import EventBus
import Logging

/// What every session of one bus has in common.
struct SessionSettings: Sendable {
    let source: AddressSource
    /// Of the connection that stands, or of the next attempt.
    private(set) var address: AMQPAddress
    let exchange: String
    /// What the broker's administrator sees.
    var connectionName: String
    let options: RabbitBusOptions

    /// The URI's word goes before the default.
    var heartbeat: Duration { address.heartbeat ?? options.heartbeat }

    var connectionTimeout: Duration { address.connectionTimeout ?? options.connectionTimeout }

    /// - Parameters:
    ///   - source: where the address comes from.
    ///   - exchange: the topic exchange.
    ///   - connectionName: what the broker's administrator sees.
    ///   - options: limits and pauses.
    init(source: AddressSource, exchange: String, connectionName: String, options: RabbitBusOptions) {
        self.source = source
        address = source.present
        self.exchange = exchange
        self.connectionName = connectionName
        self.options = options
    }

    /// Takes the address that counts for the next attempt to connect.
    mutating func refresh(_ logger: Logger) {
        let (address, failure) = source.refresh()
        self.address = address
        guard let failure else { return }
        logger.warning(
            "the address of the broker cannot be read anew; the one before counts",
            metadata: [BusLogKey.error: "\(failure.message)"])
    }
}
