import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

@Suite("The names in a document and those of a type", .timeLimit(.minutes(1)))
struct KeyDecodingTests {
    private struct Pool: Decodable, Sendable, Equatable {
        let maxConnections: Int
        let labels: [String: Int]
    }

    private struct Written: Decodable, Sendable, Equatable {
        enum CodingKeys: String, CodingKey {
            case maximum = "max_connections"
        }

        let maximum: Int
    }

    private static let content = #"{"labels":{"a_b":1},"max_connections":200}"#

    private func watcher<Value: Decodable & Sendable>(
        _ type: Value.Type, _ options: WatcherOptions
    ) throws -> ConfigWatcher<Value> {
        let scene = WatcherScene(try TestHistory(contents: [Self.content]).head)
        return ConfigWatcher(
            key: try DocumentKey(parsing: "parsing/prod"), reading: scene.registry, events: .bus(scene.bus),
            options: options)
    }

    @Test func snakeCaseBecomesTheNamesThatSwiftPropertiesHaveWithoutALineOfCodeTheKeysOfADictionaryStay() async throws
    {
        let watcher = try watcher(Pool.self, WatcherOptions())
        try await running(watcher) {
            let value = try await watcher.ready().value
            #expect(value == Pool(maxConnections: 200, labels: ["a_b": 1]))
        }
    }

    @Test func namesCanBeTakenAsTheyAreWritten() async throws {
        let watcher = try watcher(Written.self, WatcherOptions(keys: .useDefaultKeys))
        try await running(watcher) {
            let value = try await watcher.ready().value
            #expect(value == Written(maximum: 200))
        }
    }

    @Test func aTypeAndAnOptionThatDoNotFitAreRejectedWithWhatToDo() async throws {
        let written = try watcher(Written.self, WatcherOptions())
        var outcomes = written.outcomes.makeAsyncIterator()
        try await running(written) {
            let reason = try await outcome(.rejected, 1, in: &outcomes).reason
            #expect(reason?.contains("'max_connections'") == true && reason?.contains(".useDefaultKeys") == true)
        }
        let pool = try watcher(Pool.self, WatcherOptions(keys: .useDefaultKeys))
        var others = pool.outcomes.makeAsyncIterator()
        try await running(pool) {
            let reason = try await outcome(.rejected, 1, in: &others).reason
            #expect(reason?.contains(".convertFromSnakeCase") == true)
        }
    }
}
