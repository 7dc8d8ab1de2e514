import ArgumentParser
import ConfigBench
import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import EventBus
import FoundationEssentials
import Logging
import RegistryClient
import RegistryClientTLS
import UnixSignals

/// Measures publishing and applying on this machine, against what store and bus take alone.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast updates reach watchers, beside what store and bus take alone.",
        usage: "configbus bench [<options>]",
        discussion: """
            Runs a registry, watchers and writers in this process, on a database and an exchange of its own that it removes \
            afterwards; without --mongodb-uri and --amqp-uri on the embedded store and over server-sent events.
            An update is stored when its writer has the answer, announced when the bus has confirmed it, received when a \
            watcher has all its bytes, applied when the watcher's readers see it.
            """)

    @Option(help: "Watchers, each with a connection of its own; all follow all documents.") var watchers: Int = 1
    @Option(help: "How changes reach them; by default amqp with --amqp-uri, otherwise sse.")
    var transport: BenchTransport?
    @Option(help: "Updates to measure.") var updates: Int = 1_000
    @Option(help: "Canonical bytes of a content.") var size: Int = 2_048
    @Option(help: "Documents.") var keys: Int = 1
    @Option(help: "Writers; with more than one, updates do not wait for the watchers.") var writers: Int = 1
    @Option(help: "Updates a second, of all writers together; also of the floor. (default: as many as go)")
    var rate: Double?
    @Flag(
        name: .customLong("without-http"),
        help: "Let writers call the registry in this process: the difference is what HTTP takes.")
    var isWithoutHTTP = false
    @Flag(help: "Sign every version, and let the watchers trust signatures.") var signed = false
    @Option(
        help: "With --tls-cert, the CA that signed it, PEM. [CONFIGBUS_CA_FILE] (default: the system's)",
        completion: .file())
    var caFile: String?
    @OptionGroup(title: "Registry") var registry: ServeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try check("watchers", watchers, 1...20_000)
        try check("updates", updates, 1...1_000_000)
        try check("size", size, BenchContent.smallest...(1 << 20))
        try check("keys", keys, 1...100_000)
        try check("writers", writers, 1...1_000)
        if let rate, !(0.1...100_000).contains(rate) {
            throw ValidationError("--rate must be from 0.1 to 100000 updates a second.")
        }
    }

    func run() async throws {
        let logger = try ProgramLog.logger(level: registry.logLevel ?? "warning")
        let settings = try self.settings()
        try ListeningProbe.check(settings)
        let environment = try environment(settings, logger: logger)
        let progress = TerminalProgress()
        let run = BenchRun(plan: try plan(settings), environment: environment, progress: progress)
        let result: BenchResult
        do {
            result = try await Self.untilInterrupted { try await run.run() }
        } catch {
            progress.end()
            do {
                try await environment.clear()
            } catch let failure where "\(failure)" != "\(error)" {
                logger.warning("could not remove what the benchmark left", metadata: ["error": "\(failure)"])
            } catch {
                // What kept it from running keeps it from removing too.
            }
            throw Self.failure(error, settings)
        }
        do {
            try await environment.clear()
        } catch {
            throw Self.failure(error, settings)
        }
        try output.print(result.json) { result.text }
    }

    /// The settings of the registry under test, which by default takes a free port.
    private func settings() throws -> ServeSettings {
        var settings = try registry.settings()
        settings.host = registry.host ?? "127.0.0.1"
        settings.port = registry.port ?? 0
        return settings
    }

    /// A database and an exchange of its own on the servers that the settings name.
    private func environment(_ settings: ServeSettings, logger: Logger) throws -> BenchEnvironment {
        let servers = BenchServers(
            mongodbURI: settings.mongodbURI,
            dataDirectory: registry.dataDir ?? FileManager.default.temporaryDirectory.path, amqpURI: settings.amqpURI,
            exchange: settings.exchange)
        do {
            // Only a flag can mean this very measurement; the environment and a settings file mean the registry in use.
            return try BenchEnvironment(
                servers, exchange: registry.exchange, registryOptions: settings.registryOptions,
                serverOptions: try settings.serverOptions(logger: logger), logger: logger)
        } catch let error as BenchError {
            throw CommandFailure.usage(error.description)
        }
    }

    private func plan(_ settings: ServeSettings) throws -> BenchPlan {
        let transport = transport ?? (settings.amqpURI == nil ? .sse : .amqp)
        guard transport == .sse || settings.amqpURI != nil else {
            throw CommandFailure.usage(
                "--transport amqp needs a broker: name it with --amqp-uri, or use --transport sse.")
        }
        let signer = try settings.signer() ?? (signed ? RecordSigner.generate() : nil)
        return BenchPlan(
            watchers: watchers, transport: transport, updates: updates, size: size, keys: try BenchPlan.keys(keys),
            writers: writers, rate: rate, isWithoutHTTP: isWithoutHTTP, signer: signer,
            tls: RegistryTLS(caFile: caFile ?? EnvironmentVariable.caFile.value))
    }

    private func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
        guard range.contains(value) else {
            throw ValidationError("--\(name) must be from \(range.lowerBound) to \(range.upperBound).")
        }
    }

    /// A signal ends the measurement but not what has to be removed.
    private static func untilInterrupted<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let measuring = Task { try await body() }
        let listening = Task {
            for await _ in signals { measuring.cancel() }
        }
        defer { listening.cancel() }
        do {
            return try await measuring.value
        } catch {
            // What a cancelled call says of store or registry is not the reason.
            throw measuring.isCancelled ? CancellationError() : error
        }
    }

    private static func failure(_ error: any Error, _ settings: ServeSettings) -> any Error {
        switch error {
        case let error as BenchError: CommandFailure.unreachable(error.description)
        case let error as StoreError: CommandFailure.unreachable(error.description)
        case let error as BusError: CommandFailure.unreachable(error.message)
        case let error as RegistryError: CommandFailure.unreachable(error.detail)
        default: CommandFailure(listening: error, settings) ?? error
        }
    }
}

extension BenchTransport: ExpressibleByArgument {}
