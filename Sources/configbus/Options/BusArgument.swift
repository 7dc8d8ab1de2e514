import EventBus
import Logging
import RabbitBus

/// The address of a broker.
struct BusAddress {
    let uri: String
    /// Where it stands, which is read again at every connection.
    var file: String?
}

/// The broker that `--amqp-uri` or `CONFIGBUS_AMQP_URI` names.
enum BusArgument {
    /// The address that a command was given; nil when there is none.
    static func address(_ flag: String?, file: String?) throws -> BusAddress? {
        SecretURI.warn(flag: flag, .amqp)
        let given = flag != nil || file != nil
        let file = given ? file : EnvironmentVariable.amqpURIFile.value
        let uri = try SecretURI.resolve(given ? flag : EnvironmentVariable.amqpURI.value, file: file, .amqp)
        SecretURI.warn(unencrypted: uri, .amqp)
        return uri.map { BusAddress(uri: $0, file: file) }
    }

    /// - Parameter missing: what is done when the exchange does not exist.
    /// - Returns: nil when no broker is named.
    /// - Throws: `CommandFailure`, which never contains the URI.
    static func bus(
        _ address: BusAddress?, exchange: String, name: String, missing: MissingExchange = .makeAndWarn, logger: Logger
    ) throws -> RabbitBus? {
        guard let address else { return nil }
        try check(address.uri, exchange: exchange)
        var options = RabbitBusOptions()
        options.missingExchange = missing
        do {
            guard let file = address.file else {
                return try RabbitBus(
                    uri: address.uri, exchange: exchange, name: name, options: options, logger: logger)
            }
            return try RabbitBus(uriFile: file, exchange: exchange, name: name, options: options, logger: logger)
        } catch {
            throw CommandFailure.usage(error.message)
        }
    }

    /// Refuses what cannot be the URI of a broker or the name of an exchange, whether there is a broker or not.
    static func check(_ uri: String?, exchange: String) throws(CommandFailure) {
        guard let uri else { return }
        do throws(BusError) {
            try RabbitBus.check(exchange: exchange)
        } catch {
            throw .usage("--exchange: \(error.message)")
        }
        do throws(BusError) {
            try RabbitBus.check(uri: uri)
        } catch {
            throw .usage("\(GivenValue.name("--amqp-uri", .amqpURI)): \(error.message)")
        }
    }
}
