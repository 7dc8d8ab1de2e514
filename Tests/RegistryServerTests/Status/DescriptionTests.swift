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
            gate: LoopbackGate(), heads: HeadRoutes(registry: registry, work: ContentWork()),
            work: ContentWork(), options: RegistryServerOptions())
        let served = Set(routes.methods.flatMap { path, methods in methods.map { "\($0.rawValue) \(path)" } })
        #expect(try Self.described() == served)
    }

    /// A program that reads the description knows every `type` that a problem can have, and no other.
    @Test func theDescriptionListsTheProblemTypes() throws {
        let problem = try Self.text().split(separator: "    Problem:", maxSplits: 1)[1]
        let types = problem.split(separator: "enum:", maxSplits: 1)[1].drop { $0 != "[" }.dropFirst().prefix {
            $0 != "]"
        }
        #expect(types.split { !$0.isLetter && $0 != "-" }.map(String.init) == ProblemType.allCases.map(\.rawValue))
    }

    private static func text() throws -> String {
        let root = URL(filePath: #filePath).appending(path: "../../../../schemas/openapi.yaml").standardized
        return String(decoding: try Data(contentsOf: root), as: UTF8.self)
    }

    private static func described() throws -> Set<String> {
        var calls: Set<String> = []
        var path = ""
        for line in try text().split(separator: "\n") {
            if line.hasPrefix("  /") { path = String(line.dropFirst(2).dropLast()) }
            guard !path.isEmpty, line.hasPrefix("    "), line.last == ":" else { continue }
            let method = line.dropFirst(4).dropLast().uppercased()
            if ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(method) { calls.insert("\(method) \(path)") }
        }
        return calls
    }
}
