import ArgumentParser
import ConfigModel
import ConfigWatcher
import EventBus
import FileSource
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
    @Option(help: "Follow this file instead of a registry: JSON, YAML or TOML.", completion: .file()) var file: String?
    @Option(help: "The notation of --file, when the ending of its name does not say it: json, yaml or toml.")
    var format: ContentNotation?
    @Option(
        help: "Follow the files ENVIRONMENT/SERVICE.json, .yaml or .toml in this directory instead of a registry.",
        completion: .directory)
    var directory: String?
    @Option(help: "How often the registry is read besides the source: 30s, 5m, or whole seconds.")
    var pollInterval: TimeSpan = .seconds(60)

    func validate() throws {
        guard (.seconds(1) ... .seconds(86_400)).contains(pollInterval.duration) else {
            throw ValidationError("--poll-interval must be from 1s to 86400s.")
        }
        guard format == nil || file != nil else {
            throw ValidationError("--format is the notation of --file: name the file.")
        }
        guard file == nil && directory == nil || isAboutFilesAlone else {
            throw ValidationError(
                "--file and --directory take the place of a registry and a broker: name one of them, without --amqp-uri, "
                    + "--publishers, --trusted-keys (files carry no signatures) and --cache.")
        }
    }

    private var fileFormat: FileFormat {
        switch format {
        case .json?: .json
        case .yaml?: .yaml
        case .toml?: .toml
        case nil: .auto
        }
    }

    private var isAboutFilesAlone: Bool {
        (file == nil || directory == nil)
            && [amqpURI, amqpURIFile, publishers, trustedKeys, cache].allSatisfy { $0 == nil }
    }

    /// The files that are followed instead of a registry.
    var files: FileSource? { file.map { .file($0, format: fileFormat) } ?? directory.map { .directory($0) } }

    func source(logger: Logger) throws -> EventSource {
        let address = try BusArgument.address(amqpURI, file: amqpURIFile)
        let bus = try BusArgument.bus(address, exchange: exchange, name: "configbus watch", logger: logger)
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
