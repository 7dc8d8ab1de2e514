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

    /// The bus on the broker whose URI is in a file, which is read again at every connection; see `RabbitBus.init(uriFile:)`.
    public static func rabbitMQ(
        uriFile path: String, exchange: String = "config.changes", name: String = "configbus",
        logger: Logger = Logger(label: "configbus.bus")
    ) throws(BusError) -> RabbitBus {
        try RabbitBus(uriFile: path, exchange: exchange, name: name, logger: logger)
    }
}
