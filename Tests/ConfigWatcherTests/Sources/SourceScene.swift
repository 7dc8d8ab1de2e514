import ConfigModel
import ConfigWatcher
import FileSource
import FoundationEssentials
import Synchronization
import TestSupport

@testable import RegistrySource

/// The kinds of source, each with a way to publish what it brings.
enum SourceKind: CaseIterable, Sendable {
    case file, directory, stream, polling, bus

    /// Lends a source and what is behind it.
    func with(_ body: (SourceScene) async throws -> Void) async throws {
        switch self {
        case .file:
            try await TemporaryDirectory.with { folder in
                let path = "\(folder.path)/a.json"
                try await body(
                    SourceScene(source: .file(path), publish: { _, text in try Self.replace(path, with: text) }))
            }
        case .directory:
            try await TemporaryDirectory.with { folder in
                try await body(
                    SourceScene(
                        source: .directory(folder.path),
                        publish: { key, text in
                            let environment = "\(folder.path)/\(key.environment)"
                            try FileManager.default.createDirectory(
                                atPath: environment, withIntermediateDirectories: true)
                            try Self.replace("\(environment)/\(key.service).json", with: text)
                        }))
            }
        case .stream:
            let registry = ScriptedRegistry()
            let source = RegistrySource(reading: registry, events: .serverSentEvents)
            try await body(SourceScene(source: source, publish: Histories { registry.publish($0) }.publish))
        case .polling:
            let registry = ScriptedRegistry()
            let source = RegistrySource(reading: registry, events: .polling(every: .milliseconds(20)))
            try await body(SourceScene(source: source, publish: Histories { registry.set($0) }.publish))
        case .bus:
            let scene = WatcherScene()
            let source = RegistrySource(reading: scene.registry, events: .bus(scene.bus))
            try await body(SourceScene(source: source, publish: Histories { try await scene.publish($0) }.publish))
        }
    }

    /// Puts a file in its place; nil removes it.
    private static func replace(_ path: String, with text: String?) throws {
        guard let text else { return try FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}

/// A source, and what it brings.
struct SourceScene: Sendable {
    let source: any ConfigSource
    private let publisher: @Sendable (DocumentKey, String?) async throws -> Void

    init(
        source: some ConfigSource, publish: @escaping @Sendable (DocumentKey, String?) async throws -> Void
    ) {
        self.source = source
        publisher = publish
    }

    /// Publishes `{"n":...}`.
    func publish(_ number: Int, _ key: String = "a/prod") async throws {
        try await publisher(try DocumentKey(parsing: key), "{\"n\":\(number)}")
    }

    func delete(_ key: String = "a/prod") async throws { try await publisher(try DocumentKey(parsing: key), nil) }

    func watcher(options: WatcherOptions = WatcherOptions()) throws -> ConfigWatcher<Numbered> {
        try ConfigWatcher(key: "a/prod", source: source, options: options, logger: nil)
    }
}

/// What a registry writes for each document.
private final class Histories: Sendable {
    private let histories = Mutex<[DocumentKey: TestHistory]>([:])
    private let send: @Sendable (VersionRecord) async throws -> Void

    init(_ send: @escaping @Sendable (VersionRecord) async throws -> Void) { self.send = send }

    @Sendable func publish(_ key: DocumentKey, _ text: String?) async throws {
        let record = try histories.withLock { histories in
            var history = try histories[key] ?? TestHistory("\(key)")
            defer { histories[key] = history }
            return try text.map { try history.publish($0) } ?? history.delete()
        }
        try await send(record)
    }
}
