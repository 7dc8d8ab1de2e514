import ConfigModel
import EventBus
import RegistryAPI
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

/// A group that applies change sets together, ten documents that are published together, and one that is not.
final class SetScene: Sendable {
    enum Kind: CaseIterable, Sendable {
        case bus
        case stream
        case polling
    }

    let registry = ScriptedRegistry()
    let bus = InProcessBus()
    let group: WatcherGroup
    let members: [ConfigWatcher<Numbered>]
    let other: ConfigWatcher<Numbered>
    let log = CallLog()
    private let histories: Mutex<[TestHistory]>
    private let otherHistory = Mutex<TestHistory?>(nil)
    private let samples = Mutex((count: 0, torn: [[Int]]()))

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - kind: where versions are announced.
    ///   - isInvalid: what the fourth document's validator refuses.
    ///   - isRefused: what the seventh document's handler refuses.
    init(
        _ kind: Kind = .stream, count: Int = 10, isInvalid: @escaping @Sendable (Int) -> Bool = { _ in false },
        isRefused: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) throws {
        let events: EventSource =
            switch kind {
            case .bus: .bus(bus)
            case .stream: .serverSentEvents
            case .polling: .polling(every: .milliseconds(30))
            }
        group = WatcherGroup(reading: registry, events: events, changeSets: .together)
        histories = Mutex(try (0..<count).map { try TestHistory("s\($0)/prod") })
        members = try (0..<count).map { [group, log] index in
            try group.watch(Numbered.self, key: "s\(index)/prod") { watcher in
                if index == 3 {
                    watcher.validate("v") { isInvalid($0.n) ? .invalid("\($0.n) is bad") : .valid }
                }
                watcher.onReload("h") { old, new in
                    log.add("\(index): \(old.map { "\($0.n)" } ?? "-")>\(new.n)")
                    if index == 6, isRefused(new.n) { throw Refused(description: "\(new.n) is refused") }
                }
            }
        }
        other = try group.watch(Numbered.self, key: "other/prod")
    }

    /// Makes the next versions of all members, as one change set with this content.
    func record(_ n: Int) throws -> [VersionRecord] {
        try histories.withLock { try TestHistory.publishTogether(&$0, "{\"n\":\(n)}") }
    }

    /// Publishes the next version of all members, as one change set with this content.
    ///
    /// - Parameter lost: the members of which nothing is announced.
    func publish(_ n: Int, losing lost: Set<Int> = []) async throws {
        let records = try record(n)
        for record in records { registry.set(record) }
        for (index, record) in records.enumerated() where !lost.contains(index) { try await announce(record) }
    }

    /// Publishes the next version of one member, by itself.
    func publish(_ n: Int, of index: Int) async throws {
        let record = try histories.withLock { try $0[index].publish("{\"n\":\(n)}") }
        registry.set(record)
        try await announce(record)
    }

    /// Publishes the next versions of some members, as one change set.
    func publish(_ n: Int, ofAll indices: [Int]) async throws {
        let records = try histories.withLock { histories in
            var some = indices.map { histories[$0] }
            let records = try TestHistory.publishTogether(&some, "{\"n\":\(n)}")
            for (index, history) in zip(indices, some) { histories[index] = history }
            return records
        }
        for record in records { registry.set(record) }
        for record in records { try await announce(record) }
    }

    /// Publishes the next version of the document that belongs to no set.
    func publishOther(_ n: Int) async throws {
        let record = try otherHistory.withLock { history in
            var next = try history ?? TestHistory("other/prod")
            let record = try next.publish("{\"n\":\(n)}")
            history = next
            return record
        }
        registry.set(record)
        try await announce(record)
    }

    /// Announces a version on stream and bus.
    func announce(_ record: VersionRecord) async throws {
        let event = ConfigEvent(record, inlineLimit: .max)
        registry.say(.event(event))
        try await bus.publish(
            BusMessage(
                routingKey: event.routingKey, copyTo: [RoutingKey.document(event.key)], messageID: event.eventID,
                type: "t", timestamp: 0, body: event.jsonBytes))
    }

    var values: [Int?] { group.snapshots(of: members).map(\.value?.n) }

    func runs(_ n: Int) async throws {
        try await eventually("all run \(n); \(values)") { values.allSatisfy { $0 == n } }
    }

    /// Runs the group, and meanwhile a reader that takes samples of what the members run.
    ///
    /// - Returns: samples in which not all had the same content.
    @discardableResult
    func run(_ body: () async throws -> Void) async throws -> [[Int]] {
        let sampling = Task {
            while !Task.isCancelled {
                let values = self.values.map { $0 ?? 0 }
                self.samples.withLock { samples in
                    samples.count += 1
                    if Set(values).count > 1 { samples.torn.append(values) }
                }
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
        try await running(group, body)
        sampling.cancel()
        await sampling.value
        #expect(samples.withLock { $0.count } > 0)
        return samples.withLock { $0.torn }
    }
}
