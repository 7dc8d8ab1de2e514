import ConfigModel
import ConfigRegistry
import ConfigSignatures
import Hummingbird
import Logging
import MongoStore
import RabbitBus
import RegistryClient
import RegistryServer
import ServiceLifecycle
import TestSupport

extension TestBench {
    /// Starts a registry inside the test's own process, because the clock of one process cannot be set. It demands tokens as the
    /// others do, and speaks no TLS.
    func startRegistry(
        with clock: JumpingClock, _ access: FaultAccess, signingWith signer: RecordSigner
    ) async throws -> RegistryClient {
        let logger = Logger(label: name, factory: { _ in SwiftLogNoOpLogHandler() })
        let store = try await MongoStore.open(uri: access.databaseURI, logger: logger)
        let bus = try bus(named: "registry with another clock")
        var options = RegistryOptions()
        options.now = { clock.now }
        let registry = Registry(store: store, bus: bus, options: options, signer: signer, logger: logger)
        try await registry.start()
        var serverOptions = RegistryServerOptions()
        serverOptions.port = 0
        serverOptions.requiresCredentials = access.mode == .secured
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = try RegistryServer.buildApplication(
            registry: registry, options: serverOptions, logger: logger
        ) { continuation.yield($0) }
        runBeside {
            try await ServiceGroup(services: [bus, registry, server], logger: logger).run()
            await store.close()
        }
        guard let port = await ports.first(where: { _ in true }) else { throw NotListening(transcript: "") }
        return try RegistryClient(
            url: "http://127.0.0.1:\(port)", credentials: access.credentials(.writers), timeout: FaultLength.attempt)
    }
}
