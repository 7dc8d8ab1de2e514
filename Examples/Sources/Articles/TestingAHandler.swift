import ConfigWatcher
import FileSource
import Foundation
import Testing

/// The test of the article with this name.
@Suite(.timeLimit(.minutes(1))) struct TestingAHandler {
    @Test func thePoolFollowsTheDocument() async throws {
        try await withConfigFile(#"{"db_host": "a", "max_connections": 10}"#) { path in
            let pool = ConnectionPool()
            let watcher = try ConfigWatcher<ParsingConfig>(key: "parsing/test", source: .file(path))
            watcher.onReload("pool") { _, new in try await pool.resize(to: new.maxConnections) }
            try await running(watcher) {
                _ = try await watcher.ready()
                #expect(await pool.size == 10)

                var outcomes = watcher.outcomes.makeAsyncIterator()
                try write(#"{"db_host": "a", "max_connections": 5000}"#, to: path)
                let outcome = await outcomes.next()
                #expect(outcome?.kind == .rejected)
                #expect(watcher.current.value?.maxConnections == 10)
            }
        }
    }

    @Test func thePoolRefusesWhatIsTooLarge() async throws {
        let pool = ConnectionPool()
        await #expect(throws: PoolError.self) { try await pool.resize(to: 5_000) }
    }
}

func running(_ watcher: ConfigWatcher<some Sendable>, _ body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await watcher.run() }
        try await body()
        group.cancelAll()
    }
}

func withConfigFile(_ content: String, _ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "configbus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: "config.json").path
    try write(content, to: path)
    try await body(path)
}

func write(_ content: String, to path: String) throws {
    try content.write(toFile: path, atomically: true, encoding: .utf8)
}
