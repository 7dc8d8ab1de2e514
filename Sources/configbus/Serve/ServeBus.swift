import EventBus
import Logging
import RabbitBus
import ServiceLifecycle

/// The bus that the settings ask for, and what has to run for it.
struct ServeBus {
    let bus: any EventBus
    let services: [any Service]

    init(_ settings: ServeSettings, logger: Logger) throws {
        let rabbit = try BusArgument.bus(
            settings.amqpURI.map { BusAddress(uri: $0, file: settings.amqpURIFile) }, exchange: settings.exchange,
            name: "configbus registry", missing: .make,
            logger: logger)
        bus = rabbit ?? InProcessBus(exchange: settings.exchange)
        services = rabbit.map { [$0] } ?? []
    }
}
