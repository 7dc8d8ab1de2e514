import EventBus
import Logging
import RabbitBus

/// Checks that a watcher's login can follow changes over the broker.
struct BusChecks {
    let uri: String
    let exchange: String

    private static let advice =
        "Check --amqp-uri, --exchange and the permissions of the login; a registry makes the exchange when it starts."

    func finding() async -> Finding {
        var logger = Logger(label: "configbus", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .critical
        do {
            let bus = try RabbitBus(uri: uri, exchange: exchange, name: "configbus doctor", logger: logger)
            return try await bus.withSubscription(BusSubscription(patterns: ["config.doctor.none"])) { signals in
                for await signal in signals {
                    switch signal {
                    case .subscribed:
                        return Finding(
                            check: "broker", status: .good,
                            detail: "Login, exchange '\(exchange)', queue and binding work.")
                    case .interrupted(let error):
                        return Finding(check: "broker", status: .bad, detail: "\(error.message) \(Self.advice)")
                    case .delivery: continue
                    }
                }
                return Finding(check: "broker", status: .bad, detail: "The subscription ended by itself.")
            }
        } catch {
            return Finding(check: "broker", status: .bad, detail: "\(error)")
        }
    }
}
