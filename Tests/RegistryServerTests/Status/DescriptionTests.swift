import ConfigRegistry
import EventBus
import Hummingbird
import Logging
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct DescriptionTests {
    /// `schemas/openapi.yaml` and the server name the same calls.
    @Test func theDescriptionNamesWhatTheServerAnswers() throws {
        let registry = Registry(store: InMemoryVersionStore(), bus: InProcessBus(), logger: Logger.silent)
        let gate = LoopbackGate()
        let routes = RegistryServer.routes(
            on: Router(context: ServerContext.self), registry: registry, gate: gate,
            heads: HeadRoutes(registry: registry, work: ContentWork()), open: OpenRequests(gate: gate),
            work: ContentWork(), options: RegistryServerOptions())
        let served = Set(routes.methods.flatMap { path, methods in methods.map { "\($0.rawValue) \(path)" } })
        #expect(try APIDescription().calls == served)
    }
}
