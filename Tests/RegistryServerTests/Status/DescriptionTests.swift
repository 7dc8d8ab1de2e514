import ConfigRegistry
import EventBus
import FoundationEssentials
import Hummingbird
import Logging
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct DescriptionTests {
    /// `schemas/openapi.yaml` and the server name the same calls.
    @Test func theDescriptionNamesWhatTheServerAnswers() throws {
        let registry = Registry(store: InMemoryVersionStore(), bus: InProcessBus(), logger: Logger.silent)
        let routes = RegistryServer.routes(
            on: Router(context: ServerContext.self), registry: registry,
            heads: HeadRoutes(registry: registry, work: ContentWork()),
            work: ContentWork(), options: RegistryServerOptions())
        let served = Set(routes.methods.flatMap { path, methods in methods.map { "\($0.rawValue) \(path)" } })
        #expect(try Self.described() == served)
    }

    private static func described() throws -> Set<String> {
        let root = URL(filePath: #filePath).appending(path: "../../../../schemas/openapi.yaml").standardized
        let text = String(decoding: try Data(contentsOf: root), as: UTF8.self)
        var calls: Set<String> = []
        var path = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("  /") { path = String(line.dropFirst(2).dropLast()) }
            guard !path.isEmpty, line.hasPrefix("    "), line.last == ":" else { continue }
            let method = line.dropFirst(4).dropLast().uppercased()
            if ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(method) { calls.insert("\(method) \(path)") }
        }
        return calls
    }
}
