public import EventBus
public import Logging

extension EventBus where Self == RabbitBus {
    /// The bus on the RabbitMQ broker at `uri`; see `RabbitBus.init`.
    public static func rabbitMQ(
        _ uri: String, exchange: String = "config.changes", name: String = "configbus",
        logger: Logger = Logger(label: "configbus.bus")
    ) throws(BusError) -> RabbitBus {
        try RabbitBus(uri: uri, exchange: exchange, name: name, logger: logger)
    }
}
