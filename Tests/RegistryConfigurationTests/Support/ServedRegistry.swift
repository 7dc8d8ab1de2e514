import ConfigModel
import ConfigRegistry
import EventBus
import Hummingbird
import Logging
import RegistryAPI
import RegistryClient
import RegistryServer
import RegistrySource
import ServiceLifecycle
import Synchronization
import TestSupport

/// A registry with its HTTP server in this process, which can be started again at its address.
enum ServedRegistry {
    /// Runs `body` with a client while the registry serves.
    ///
    /// - Parameter port: 0 for any that is free.
    static func with<Value: Sendable>(
        store: InMemoryVersionStore = InMemoryVersionStore(), port: Int = 0,
        _ body: (RegistryClient, _ port: Int) async throws -> Value
    ) async throws -> Value {
        let logger = Logger.silent
        var registryOptions = RegistryOptions()
        // There is no other registry.
        registryOptions.settleSchema = {}
        let registry = Registry(store: store, bus: InProcessBus(), options: registryOptions, logger: logger)
        try await registry.start()
        var options = RegistryServerOptions()
        options.port = port
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = try RegistryServer.buildApplication(registry: registry, options: options, logger: logger) {
            listening.yield($0)
        }
        let services = ServiceGroup(services: [registry, server], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await services.run() }
            let result = await Self.result(ports, body)
            // As a program ends: a client may be connecting anew at this moment.
            await services.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    private static func result<Value: Sendable>(
        _ ports: AsyncStream<Int>, _ body: (RegistryClient, Int) async throws -> Value
    ) async -> Result<Value, any Error> {
        do {
            for await port in ports {
                return .success(try await body(try RegistryClient(url: "http://127.0.0.1:\(port)"), port))
            }
            return .failure(CancellationError())
        } catch {
            return .failure(error)
        }
    }
}

extension RegistryClient {
    /// Gives a document its next version.
    func publish(_ json: String, as key: String = "parsing/prod") async throws {
        _ = try await publish(
            Content(parsing: Array(json.utf8)), as: DocumentKey(parsing: key), WriteOptions(createdBy: "test"))
    }
}

/// A registry and the number of calls that reached it.
final class CountedRegistry: RegistryReading {
    private let client: RegistryClient
    private let counts = Mutex((reads: 0, streams: 0))

    init(_ client: RegistryClient) { self.client = client }

    var reads: Int { counts.withLock { $0.reads } }

    var streams: Int { counts.withLock { $0.streams } }

    func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        counts.withLock { $0.reads += 1 }
        return try await client.readHeads(requests, isFresh: isFresh)
    }

    func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey] {
        try await client.documents(below: prefix)
    }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        counts.withLock { $0.streams += 1 }
        try await client.watch(selection, known: known, handle)
    }
}
