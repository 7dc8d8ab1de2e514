import ConfigModel
import EventBus
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

@Suite("A watcher whose document has placeholders", .timeLimit(.minutes(1)))
struct ExpandedReloadTests {
    private struct Host: Decodable, Sendable, Equatable {
        let host: String
        let port: Int
    }

    private static let text = #"{"host":"${CONFIGBUS_TEST_HOST}","port":"${int:CONFIGBUS_TEST_PORT:-1}"}"#

    init() {
        setenv("CONFIGBUS_TEST_HOST", "hidden.example", 1)
        setenv("CONFIGBUS_TEST_PORT", "5432", 1)
    }

    private func watcher<Value: Decodable>(
        _ type: Value.Type, _ record: VersionRecord, _ cache: String, _ placeholders: Placeholders?, log: LogRecorder
    ) throws -> ConfigWatcher<Value> {
        ConfigWatcher(
            key: record.key, reading: ScriptedRegistry(record), events: .polling(every: .seconds(60)),
            cache: .directory(cache), options: WatcherOptions(placeholders: placeholders), logger: log.logger)
    }

    @Test func theValueHasThemReplacedHashCacheLogAndOutcomeAreOfWhatWasWritten() async throws {
        let record = try TestHistory(contents: [Self.text]).version(1)
        let log = LogRecorder()
        try await withTemporaryCache { path in
            let watcher = try watcher(
                Host.self, record, path, .allowing(["CONFIGBUS_TEST_HOST", "CONFIGBUS_TEST_PORT"]), log: log)
            var outcomes = watcher.outcomes.makeAsyncIterator()
            try await running(watcher) {
                let applied = try await outcome(.applied, 1, in: &outcomes)
                #expect(watcher.current.value == Host(host: "hidden.example", port: 5432))
                let host = watcher.get("host", default: "")
                #expect(host == "hidden.example" && watcher.get("port", default: 0) == 5432)
                #expect(applied.contentHash == record.content.hash)
                try await eventually("cached") { try FileManager.default.contentsOfDirectory(atPath: path).count == 1 }
            }
            let name = try FileManager.default.contentsOfDirectory(atPath: path)[0]
            let cached = FileManager.default.contents(atPath: "\(path)/\(name)").map {
                String(decoding: $0, as: UTF8.self)
            }
            #expect(cached?.contains("${CONFIGBUS_TEST_HOST}") == true && cached?.contains("hidden") == false)
            #expect(!log.lines.contains { "\($0)".contains("hidden") })
        }
    }

    @Test func contentOfARegistryStaysAsItIsUnlessItIsAllowed() async throws {
        let record = try TestHistory(contents: [#"{"home":"${HOME}"}"#]).version(1)
        try await withTemporaryCache { path in
            let plain = try watcher([String: String].self, record, path, nil, log: LogRecorder())
            try await running(plain) {
                let value = try await plain.ready().value
                #expect(value == ["home": "${HOME}"])
            }
        }
        try await withTemporaryCache { path in
            let log = LogRecorder()
            let listed = try watcher([String: String].self, record, path, .allowing(["REGION"]), log: log)
            var outcomes = listed.outcomes.makeAsyncIterator()
            try await running(listed) {
                let rejected = try await outcome(.rejected, 1, in: &outcomes)
                #expect(rejected.reason?.contains("/home: HOME is not among the placeholders") == true)
                #expect(listed.current.value == nil)
            }
        }
    }
}
