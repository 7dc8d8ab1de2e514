import ConfigModel
import EventBus
import Logging
import RabbitBus
import RegistryAPI
import RegistryClient

/// Checks that a watcher's login can follow changes over the broker, and that it looks where the registry announces.
///
/// Nothing is made but a queue that the broker removes with the connection.
struct BusChecks {
    let uri: String
    /// The exchange that is checked; nil for the one that the registry names.
    let exchange: String?
    /// What the registry says about itself; nil when it did not answer.
    let registry: HealthResponse?

    func findings() async -> [Finding] {
        let name = exchange ?? announced ?? "config.changes"
        return [await broker(name), comparison(name)].compactMap(\.self)
    }

    /// The exchange that the registry announces on.
    private var announced: String? {
        guard case .object(let bus)? = registry?.details["bus"], case .string(let name)? = bus["exchange"] else {
            return nil
        }
        return name
    }

    private func comparison(_ name: String) -> Finding? {
        guard registry != nil else { return nil }
        guard let announced else {
            return Finding(
                check: "announced on", status: .warning,
                detail:
                    "The registry names no exchange: it was started without a broker (--amqp-uri), so that nothing arrives on "
                    + "'\(name)'; watch without --amqp-uri, over the registry's own stream. Or it is of an earlier release."
            )
        }
        guard announced != name else {
            return Finding(
                check: "announced on", status: .good, detail: "The registry announces on the exchange '\(name)'.")
        }
        return Finding(
            check: "announced on", status: .bad,
            detail:
                "The registry announces on the exchange '\(announced)', not on '\(name)', where watchers and audits would "
                + "wait in vain: use --exchange \(announced).")
    }

    private func broker(_ name: String) async -> Finding {
        var logger = Logger(label: "configbus", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .critical
        do {
            let bus = try BusArgument.bus(
                BusAddress(uri: uri), exchange: name, name: "configbus doctor", missing: .refuse, logger: logger)
            guard let bus else {
                return Finding(check: "broker", status: .bad, detail: "There is no broker's address.")
            }
            return try await bus.withSubscription(BusSubscription(patterns: ["config.doctor.none"])) { signals in
                for await signal in signals {
                    switch signal {
                    case .subscribed:
                        return Finding(
                            check: "broker", status: .good,
                            detail: "Login, exchange '\(name)', queue and binding work.")
                    case .interrupted(let error) where error.code == .bindingRefused:
                        return Finding(
                            check: "broker", status: .good,
                            detail:
                                "Login, exchange '\(name)' and queue work. The login may bind its own documents only.")
                    case .interrupted(let error):
                        return Finding(check: "broker", status: .bad, detail: "\(error.message) \(advice(error, name))")
                    case .delivery: continue
                    }
                }
                return Finding(check: "broker", status: .bad, detail: "The subscription ended by itself.")
            }
        } catch {
            return Finding(check: "broker", status: .bad, detail: "\(error)")
        }
    }

    private func advice(_ error: BusError, _ name: String) -> String {
        guard error.code == .missing else {
            return "Check --amqp-uri, --exchange and the permissions of the login."
        }
        if let announced, announced != name { return "It was not made. The registry announces on '\(announced)'." }
        return
            "It was not made: a registry makes it when it starts with this --exchange on this broker. Check the name and "
            + "--amqp-uri, with the virtual host at its end."
    }
}
