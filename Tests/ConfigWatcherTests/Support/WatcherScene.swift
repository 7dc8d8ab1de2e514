import ConfigModel
import EventBus
import FoundationEssentials
import Logging
import TestSupport

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// A type that an application would have.
struct Numbered: Decodable, Sendable, Equatable {
    let n: Int
}

/// A watcher among a scripted registry and an in-process bus.
struct WatcherScene: Sendable {
    let registry: ScriptedRegistry
    let bus = InProcessBus()

    init(_ records: VersionRecord?...) {
        registry = ScriptedRegistry()
        for record in records.compactMap({ $0 }) { registry.set(record) }
    }

    func watcher(
        _ key: String = "parsing/prod", events: EventSource? = nil, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions()
    ) throws -> ConfigWatcher<Numbered> {
        ConfigWatcher(
            key: try DocumentKey(parsing: key), reading: registry, events: events ?? .bus(bus), cache: cache,
            options: options)
    }

    /// Makes a version the newest and announces it on the bus.
    func publish(
        _ record: VersionRecord, inlineLimit: Int = 65_536, headers: [String: String] = [:]
    ) async throws {
        registry.set(record)
        let event = ConfigEvent(record, inlineLimit: inlineLimit)
        try await announce(event.jsonBytes, key: event.key, as: event.eventID, headers: headers)
    }

    /// Puts an event on the bus.
    func announce(_ event: ConfigEvent) async throws {
        try await announce(event.jsonBytes, key: event.key, as: event.eventID)
    }

    /// Puts anything on the bus.
    func announce(
        _ body: [UInt8], key: DocumentKey, as messageID: String = "m", headers: [String: String] = [:]
    ) async throws {
        try await bus.publish(
            BusMessage(
                routingKey: "config.updated", copyTo: [RoutingKey.document(key)], messageID: messageID, type: "t",
                timestamp: 0, headers: headers,
                body: body))
    }
}

/// Runs a watcher while `body` runs.
func running<Value, Result>(
    _ watcher: ConfigWatcher<Value>, _ body: () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await watcher.run() }
        let result = try await body()
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}

/// Runs a group of watchers while `body` runs.
func running<Result>(_ watchers: WatcherGroup, _ body: () async throws -> Result) async throws -> Result {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await watchers.run() }
        let result = try await body()
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}

/// Reads outcomes until one is of this kind and version.
func outcome(
    _ kind: Outcome.Kind, _ version: Int64, in outcomes: inout AsyncStream<Outcome>.Iterator
) async throws -> Outcome {
    while let outcome = await outcomes.next(isolation: #isolation) {
        if outcome.kind == kind, outcome.version == version { return outcome }
    }
    throw OutcomesEnded(description: "no outcome \(kind.rawValue) of version \(version)")
}

struct OutcomesEnded: Error, CustomStringConvertible {
    let description: String
}

/// A directory of its own, removed at the end.
func withTemporaryCache<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "configbus-cache-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}

extension ConfigWatcher where Value: Decodable {
    /// A watcher over anything that responds like a registry.
    convenience init(
        key: DocumentKey, reading registry: any RegistryReading, events: EventSource, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), logger: Logger? = nil
    ) {
        self.init(
            key, source: RegistrySource(reading: registry, events: events), cache: cache, options: options,
            decoder: .json(options.keys), logger: logger)
    }
}

extension WatcherGroup {
    /// A group over anything that responds like a registry.
    convenience init(
        reading registry: any RegistryReading, events: EventSource, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), changeSets: ChangeSetPolicy = .each, logger: Logger? = nil
    ) {
        self.init(
            source: RegistrySource(reading: registry, events: events), cache: cache, options: options,
            changeSets: changeSets, logger: logger)
    }
}

/// A document with this content, as a watcher runs it.
func loadedSnapshot(_ json: String) async throws -> Snapshot<ConfigDocument> {
    let history = try TestHistory(contents: [json])
    let reloader = ReloadPipeline<ConfigDocument>(
        key: history.key, isOverlay: false, decoder: .document, schema: nil, policy: .all, logger: nil)
    let layers = DocumentLayers(main: DocumentVersion(history.version(1)))
    _ = await reloader.reload(ReloadJob(number: 1, kind: .reload, layers: layers))
    return reloader.current
}
