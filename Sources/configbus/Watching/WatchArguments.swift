import ArgumentParser
import ConfigModel
import ConfigWatcher
import EventBus
import Logging
import RegistrySource

/// Where `watch` gets changes from and what it accepts.
struct WatchArguments: ParsableArguments {
    @Option(help: "Listen to this RabbitMQ. [CONFIGBUS_AMQP_URI] (default: the registry's own stream)") var amqpURI:
        String?
    @Option(help: "A file that holds the address of the RabbitMQ. [CONFIGBUS_AMQP_URI_FILE]", completion: .file())
    var amqpURIFile: String?
    @Option(help: "The topic exchange.") var exchange: String = "config.changes"
    @Option(help: "Accept announcements of these broker logins only, separated by commas.") var publishers: String?
    @Option(help: "Trust only what these keys signed: one base64 key a line.", completion: .file())
    var trustedKeys: String?
    @Flag(help: "Merge the document over the one of the environment 'default'.") var overlay = false
    @Option(help: "Start from what ran last, kept here, while the registry is away.", completion: .directory)
    var cache: String?
    @Option(help: "How often the registry is read besides the source: 30s, 5m, or whole seconds.")
    var pollInterval: TimeSpan = .seconds(60)

    func validate() throws {
        guard (.seconds(1) ... .seconds(86_400)).contains(pollInterval.duration) else {
            throw ValidationError("--poll-interval must be from 1s to 86400s.")
        }
    }

    func source(logger: Logger) throws -> EventSource {
        let uri = try BusArgument.uri(amqpURI, file: amqpURIFile)
        let bus = try BusArgument.bus(uri, exchange: exchange, name: "configbus watch", logger: logger)
        guard let bus else {
            guard publishers == nil else {
                throw CommandFailure.usage("--publishers is about a broker: name it with --amqp-uri.")
            }
            return .serverSentEvents
        }
        let names = publishers.map { Set($0.split(separator: ",").map(String.init)) }
        return .bus(bus, exchange: exchange, publishers: names)
    }

    func options() throws -> WatcherOptions {
        var options = WatcherOptions(overlay: overlay, pollInterval: pollInterval.duration)
        if let trustedKeys {
            options.trustedKeys = try PublicKeyFile.read(trustedKeys, flag: "--trusted-keys", of: .registry)
        }
        return options
    }
}
