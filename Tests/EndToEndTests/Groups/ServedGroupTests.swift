import ConfigModel
import ConfigWatcher
import Foundation
import RabbitBus
import RegistryAPI
import RegistryClient
import RegistrySource
import Synchronization
import TestSupport
import Testing

/// Groups of watchers in this process, at registries on real servers.
@Suite(
    "Groups end to end", .serialized, .timeLimit(.minutes(3)), .showsProcesses,
    .enabled(if: TestServers.areThere, TestServers.missing))
struct ServedGroupTests {
    private struct Setting: Decodable, Sendable {
        let n: Int
    }

    private func source(
        _ kind: TestBench.WatcherSource, _ registry: RunningRegistry, _ bench: TestBench
    ) throws -> RegistrySource {
        switch kind {
        case .serverSentEvents: return .registry(registry.client)
        case .rabbitMQ:
            let bus = try RabbitBus(
                uri: bench.brokerURI(), exchange: bench.exchange, name: "group", options: RabbitBusOptions())
            return .registry(registry.client, events: .bus(bus, exchange: bench.exchange))
        }
    }

    private func content(_ n: Int) throws -> Content { try Content(parsing: Array("{\"n\":\(n)}".utf8)) }

    /// Publishes or deletes many documents, a hundred at a time.
    private func change(_ registry: RunningRegistry, _ changes: [DocumentChange]) async throws {
        for start in stride(from: 0, to: changes.count, by: 100) {
            let some = Array(changes[start..<min(start + 100, changes.count)])
            _ = try await registry.client.publish(changeSet: ChangeSetPublication(some))
        }
    }

    @Test(arguments: TestBench.WatcherSource.allCases)
    func aThousandDocumentsBelowAPrefixComeGoAndComeAgainWhileAGroupFollowsIt(kind: TestBench.WatcherSource)
        async throws
    {
        try await withBench { bench in
            let registry = try await bench.startRegistry()
            let keys = try (0..<1_000).map { try DocumentKey(service: "tenants.t\($0).settings", environment: "prod") }
            let beside = try DocumentKey(service: "tenants2", environment: "prod")
            try await change(
                registry, try (keys.prefix(500) + [beside]).map { DocumentChange(.publish(try content(1)), of: $0) })
            let group = WatcherGroup(
                source: try source(kind, registry, bench), options: WatcherOptions(deletion: .fail), logger: nil)
            let tenants = try group.follow(Setting.self, prefix: "tenants", environment: "prod")
            bench.runBeside { try await group.run() }
            try await eventually("those that there are") {
                tenants.watchers.filter { $0.current.version == 1 }.count == 500
            }
            try await change(registry, try keys.suffix(500).map { DocumentChange(.publish(try content(1)), of: $0) })
            try await eventually("all") { tenants.watchers.filter { $0.current.version == 1 }.count == 1_000 }
            let deleted = stride(from: 0, to: 1_000, by: 2).map { keys[$0] }
            try await change(registry, deleted.map { DocumentChange(.delete, of: $0) })
            try await eventually("half of them") { tenants.watchers.count == 500 }
            let again = stride(from: 0, to: 1_000, by: 4).map { keys[$0] }
            try await change(registry, try again.map { DocumentChange(.publish(try content(3)), of: $0) })
            try await eventually("some again") { again.allSatisfy { tenants[$0]?.current.value?.n == 3 } }
            #expect(tenants.watchers.count == 750 && tenants[beside] == nil)
        }
    }

    @Test(arguments: TestBench.WatcherSource.allCases)
    func aReaderOfAllMembersNeverSeesTwoSetsMixedWhateverHappens(kind: TestBench.WatcherSource) async throws {
        try await withBench { bench in
            var registry = try await bench.startRegistry()
            let keys = try (0..<10).map { try DocumentKey(service: "s\($0)", environment: "prod") }
            let set = { (n: Int) in try keys.map { DocumentChange(.publish(try content(n)), of: $0) } }
            try await change(registry, try set(1))
            let group = WatcherGroup(source: try source(kind, registry, bench), changeSets: .together, logger: nil)
            let log = Mutex<[String]>([])
            let members = try keys.enumerated().map { index, key in
                try group.watch(Setting.self, key: "\(key)") { watcher in
                    if index == 3 { watcher.validate("v") { $0.n == 3 ? .invalid("3 is bad") : .valid } }
                    watcher.onReload("h") { old, new in
                        log.withLock { $0.append("\(index): \(old?.n ?? 0)>\(new.n)") }
                        if index == 6, new.n == 4 { throw Refused() }
                    }
                }
            }
            let samples = Samples()
            bench.runBeside { try await group.run() }
            bench.runBeside {
                while !Task.isCancelled {
                    samples.add(group.snapshots(of: members).map { $0.value?.n ?? 0 })
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
            func all(_ n: Int) async throws {
                try await eventually("all run \(n)") { members.allSatisfy { $0.current.value?.n == n } }
            }
            try await all(1)
            try await change(registry, try set(2))
            try await all(2)
            for refused in [3, 4] {
                try await change(registry, try set(refused))
                try await eventually("\(refused) is refused") {
                    members.allSatisfy { $0.statistics.failures == refused - 2 && $0.state == .rejected }
                }
                #expect(members.allSatisfy { $0.current.value?.n == 2 })
            }
            #expect(log.withLock { $0.filter { $0.hasSuffix(": 4>2") } } == (0...6).reversed().map { "\($0): 4>2" })
            try await registry.process.kill9()
            registry = try await bench.startRegistry(port: registry.port)
            try await change(registry, try set(5))
            try await all(5)
            #expect(samples.torn == [] && samples.count > 0)
        }
    }

    private struct Refused: Error {}
}

/// What a reader saw.
private final class Samples: Sendable {
    private let seen = Mutex((count: 0, torn: [[Int]]()))

    var count: Int { seen.withLock { $0.count } }
    var torn: [[Int]] { seen.withLock { $0.torn } }

    func add(_ values: [Int]) {
        seen.withLock { seen in
            seen.count += 1
            if Set(values).count > 1 { seen.torn.append(values) }
        }
    }
}
