import ConfigModel
import ConfigWatcher
import FileSource
import Foundation
import RegistrySource
import TestSupport
import Testing

/// A service moves from a file to the registry by another source, and nothing else.
@Suite("From a file to the registry", .timeLimit(.minutes(3)), .showsProcesses) struct MovingTests {
    private struct ParsingConfig: Decodable, Sendable, Equatable {
        var dbHost: String
        var maxConnections: Int
    }

    /// What the service saw of one version.
    private struct Step: Equatable {
        var kind: Outcome.Kind
        var version: Int64
        var reason: String?
        var running: ParsingConfig?
        var resized: [Int]
    }

    private actor Pool {
        private(set) var sizes: [Int] = []
        func resize(to size: Int) { sizes.append(size) }
    }

    private static let documents = [
        #"{"db_host":"a","max_connections":1}"#, #"{"db_host":"b","max_connections":2}"#,
        #"{"db_host":"c","max_connections":0}"#, #"{"db_host":"d","max_connections":4}"#,
    ]

    @Test func anotherSourceIsTheOnlyDifference() async throws {
        try await withBench { bench in
            let file = bench.path("config.json")
            let source = FileSource.file(file)
            let fromFile = try await service(source) { document in
                try document.write(toFile: file, atomically: true, encoding: .utf8)
            }

            let registry = try await bench.startEmbedded()
            let other = try RegistrySource.registry(registry.url)
            let fromRegistry = try await service(other) { document in
                try await registry.publish(document, as: bench.parsing)
            }

            #expect(fromFile == fromRegistry)
            #expect(fromFile.map(\.kind) == [.applied, .applied, .rejected, .applied])
            #expect(fromFile.map(\.running?.dbHost) == ["a", "b", "b", "d"])
            #expect(fromFile.map(\.resized) == [[1], [1, 2], [1, 2], [1, 2, 4]])
            #expect(fromFile[2].reason?.contains("max_connections must be more than 0") == true)
        }
    }

    /// The service: everything but where its document comes from, and who writes it.
    private func service(
        _ source: some ConfigSource, write: (String) async throws -> Void
    ) async throws -> [Step] {
        let pool = Pool()
        let watcher = try ConfigWatcher<ParsingConfig>(key: "parsing/prod", source: source, logger: nil)
        watcher.validate("limits") { $0.maxConnections > 0 ? .valid : .invalid("max_connections must be more than 0") }
        watcher.onReload("pool") { _, new in await pool.resize(to: new.maxConnections) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            var outcomes = watcher.outcomes.makeAsyncIterator()
            var steps: [Step] = []
            for (index, document) in Self.documents.enumerated() {
                try await write(document)
                if index == 0 { group.addTask { try await watcher.run() } }
                let outcome = try #require(await outcomes.next())
                steps.append(
                    Step(
                        kind: outcome.kind, version: outcome.version, reason: outcome.reason,
                        running: watcher.current.value, resized: await pool.sizes))
            }
            group.cancelAll()
            return steps
        }
    }
}
