import AsyncSupport
public import EventBus
public import Logging
public import ServiceLifecycle
import Synchronization

/// The bus on RabbitMQ.
///
/// Publishing and every subscription have a connection and a thread of their own. `run()` keeps the publisher connected;
/// subscriptions do not need it.
///
/// ```swift
/// let bus = try RabbitBus(uri: "amqp://user:password@broker:5672/", logger: logger)
/// try await bus.withSubscription(BusSubscription(patterns: ["config.prod.parsing"])) { signals in
///     for await signal in signals { ... }
/// }
/// ```
public final class RabbitBus: EventBus, Service {
    private let settings: SessionSettings
    private let logger: Logger
    private let board = StatusBoard(.disconnected(reason: "The bus does not run."))
    private let publisher = Mutex<Publisher?>(nil)

    /// Reads the URI; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - uri: `amqp://user:password@host:port/vhost`, or `amqps://` for TLS. No path, or `/` alone, is the virtual host
    ///     `/`. Several nodes are separated by commas. Options: `heartbeat` (seconds), `connection_timeout`
    ///     (milliseconds), and for TLS `cacertfile`, `certfile`, `keyfile`, `auth_mechanism` (`plain`, `external`), `verify`
    ///     (`verify_peer`, or `verify_none` for a broker on this machine). The files are read again at every connection.
    ///   - exchange: The topic exchange. It is made when it does not exist; a subscription logs a warning then, because the
    ///     name may be wrong.
    ///   - name: What the broker's administrator sees as the name of the connections.
    ///   - logger: Where connects and disconnects are logged.
    /// - Throws: `BusError` with code `.invalid`, which never contains the URI.
    public convenience init(
        uri: String, exchange: String = "config.changes", name: String = "configbus", logger: Logger
    ) throws(BusError) {
        try self.init(uri: uri, exchange: exchange, name: name, options: RabbitBusOptions(), logger: logger)
    }

    /// Reads the URI from a file, which is read again at every connection, so that a password can be replaced while the program
    /// runs. What stands goes on until it ends; while the file cannot be read, what was in it before counts.
    ///
    /// - Parameters:
    ///   - path: a file that holds the URI and nothing else.
    ///   - exchange: The topic exchange.
    ///   - name: What the broker's administrator sees as the name of the connections.
    ///   - logger: Where connects and disconnects are logged.
    /// - Throws: `BusError` with code `.invalid`, which never contains the URI.
    public convenience init(
        uriFile path: String, exchange: String = "config.changes", name: String = "configbus", logger: Logger
    ) throws(BusError) {
        try self.init(uriFile: path, exchange: exchange, name: name, options: RabbitBusOptions(), logger: logger)
    }

    /// Makes a bus that connects when it runs; the options are for tests.
    ///
    /// - Throws: `BusError` with code `.invalid` when the URI cannot be read.
    package convenience init(
        uri: String, exchange: String, name: String, options: RabbitBusOptions,
        logger: Logger = Logger(label: "configbus.bus") { _ in SwiftLogNoOpLogHandler() }
    ) throws(BusError) {
        try self.init(AddressSource(AMQPAddress(parsing: uri)), exchange, name, options, logger)
    }

    /// The same with a URI in a file.
    ///
    /// - Throws: `BusError` with code `.invalid` when the file or the URI cannot be read.
    package convenience init(
        uriFile path: String, exchange: String, name: String, options: RabbitBusOptions,
        logger: Logger = Logger(label: "configbus.bus") { _ in SwiftLogNoOpLogHandler() }
    ) throws(BusError) {
        try self.init(AddressSource(file: path), exchange, name, options, logger)
    }

    private init(
        _ source: AddressSource, _ exchange: String, _ name: String, _ options: RabbitBusOptions, _ logger: Logger
    ) throws(BusError) {
        try Self.check(exchange: exchange)
        settings = SessionSettings(source: source, exchange: exchange, connectionName: name, options: options)
        self.logger = logger
    }

    /// The exchange that messages go through.
    public var brokerExchange: String? { settings.exchange }

    /// Whether messages can be published at present.
    public var status: BusStatus { board.status }

    /// The present status at once, then every change; a slow reader sees the newest only.
    public var statusUpdates: AsyncStream<BusStatus> { board.updates }

    /// Keeps the publisher connected until a graceful shutdown, or until the task is cancelled.
    ///
    /// - Throws: `BusError` when it is running already, or when the system gives no thread.
    public func run() async throws {
        let session = try Publisher(settings, board: board, logger: logger)
        try publisher.withLock { running in
            guard running == nil else { throw BusError(.invalid, "The bus runs already.") }
            running = session
        }
        await session.start()
        await cancelWhenGracefulShutdown { [settings] in
            await session.watchdog.watch(limit: settings.options.hangLimit)
        }
        await session.finish()
        publisher.withLock { $0 = nil }
    }

    /// Publishes one message and returns when the broker has taken responsibility for it.
    public func publish(_ message: BusMessage) async throws(BusError) {
        try message.validate()
        guard let session = publisher.withLock({ $0 }) else {
            throw BusError(.closed, "The bus does not run: run() publishes.")
        }
        // Without a hop to the session, which may be busy connecting.
        switch board.status {
        case .connected:
            let confirmation = Completion<Result<Void, BusError>>()
            session.submit(PendingPublish(message: message, confirmation: confirmation))
            guard let result = await confirmation.wait() else {
                throw BusError(
                    .closed, "Publishing was cancelled before the confirmation; the message may have been delivered.")
            }
            try result.get()
        case .blocked(let reason): throw BusError(.blocked, "The broker asks publishers to wait: \(reason).")
        case .disconnected(let reason): throw BusError(.unavailable, reason)
        }
    }

    /// Runs `body` with the signals of a subscription, which lives until `body` returns or its task is cancelled.
    public func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        try subscription.validate()
        let session = try Subscriber(settings, subscription, logger: logger)
        let watching = Task { [settings] in await session.watchdog.watch(limit: settings.options.hangLimit) }
        await session.start()
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(session.signals.signals))
        } catch {
            outcome = .failure(error)
        }
        watching.cancel()
        // Now, because an attempt to connect that is under way is not waited for.
        session.signals.finish()
        await session.finish()
        return try outcome.get()
    }

    /// Whether a URI can be read; nothing is connected.
    ///
    /// - Throws: `BusError` with code `.invalid`, which never contains the URI.
    package static func check(uri: String) throws(BusError) { _ = try AMQPAddress(parsing: uri) }

    /// The node on another machine to which a URI leads without TLS; nil when there is none, or the URI cannot be read.
    package static func plaintextServer(in uri: String) -> String? {
        (try? AMQPAddress(parsing: uri))?.plaintextEndpoint?.description
    }

    /// Whether a URI holds a password, other than the one that is the same everywhere.
    package static func holdsPassword(_ uri: String) -> Bool {
        let password = (try? AMQPAddress(parsing: uri))?.password.value ?? ""
        return !password.isEmpty && password != "guest"
    }

    /// Whether an exchange can have this name.
    ///
    /// - Throws: `BusError` with code `.invalid`.
    package static func check(exchange name: String) throws(BusError) {
        guard (1...255).contains(name.utf8.count), !name.hasPrefix("amq.") else {
            throw BusError(
                .invalid,
                "The exchange's name has between 1 and 255 bytes and does not begin with 'amq.', which is the broker's."
            )
        }
    }
}
