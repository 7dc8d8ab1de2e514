import ConfigModel
import Synchronization
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite struct WatchHubTests {
    @Test(
        arguments: [
            (WatchFilter(), ["a/prod", "a/test", "t/prod", "t.u/prod", "t.u/test", "tx/prod"]),
            (WatchFilter(environment: "test"), ["a/test", "t.u/test"]),
            (WatchFilter(services: ["a", "tx"]), ["a/prod", "a/test", "tx/prod"]),
            (WatchFilter(services: ["a"], environment: "prod"), ["a/prod"]),
            (WatchFilter(prefix: "t"), ["t/prod", "t.u/prod", "t.u/test"]),
            (WatchFilter(prefix: "t", environment: "test"), ["t.u/test"]),
            (
                WatchFilter(services: ["a", "t.u"], prefix: "t"),
                ["a/prod", "a/test", "t/prod", "t.u/prod", "t.u/test"]
            ),
        ] as [(WatchFilter, [String])])
    func sendsEachChangeThatMatchesOnce(_ filter: WatchFilter, _ sent: [String]) throws {
        let hub = WatchHub()
        let executor = QueueingExecutor()
        let watch = TestWatch(filter, in: hub, on: executor.executor)
        watch.watch.load([], known: [:], epoch: VersionChain.epoch, provenAt: .now)
        executor.run()
        #expect(watch.takeAll() == ["synced"])
        for key in ["a/prod", "a/test", "t/prod", "t.u/prod", "t.u/test", "tx/prod"] {
            hub.publish(try head(key))
            var taken: [String] = []
            executor.run { taken += watch.takeAll() }
            #expect(taken == (sent.contains(key) ? ["\(key)@1"] : []))
            #expect(hub.isWatched(try DocumentKey(parsing: key)) == sent.contains(key))
        }
        hub.remove(watch.watch)
        hub.publish(try head("a/prod", version: 2))
        hub.publish(try head("t.u/test", version: 2))
        #expect(executor.waiting == 0)
        #expect(hub.count == 0)
    }

    @Test func aChangeIsNoMoreThan32PiecesOfWorkForAnExecutor() throws {
        let hub = WatchHub()
        let (first, second) = (QueueingExecutor(), QueueingExecutor())
        let watches = (0..<500).map { _ in TestWatch(WatchFilter(), in: hub, on: first.executor) }
        let other = TestWatch(WatchFilter(), in: hub, on: second.executor)
        for watch in watches + [other] { watch.watch.load([], known: [:], epoch: VersionChain.epoch, provenAt: .now) }
        first.run()
        second.run()
        for watch in watches + [other] { #expect(watch.takeAll() == ["synced"]) }
        hub.publish(try head("a/prod"))
        #expect((2...32).contains(first.waiting))
        #expect(second.waiting == 1)
        first.run()
        #expect(watches.allSatisfy { $0.takeAll() == ["a/prod@1"] && $0.timesReady == 2 })
        #expect(other.takeAll().isEmpty)
    }

    @Test func ofManyVersionsMeanwhileAWatchGetsTheNewest() throws {
        let hub = WatchHub()
        let executor = QueueingExecutor()
        let watch = TestWatch(WatchFilter(), in: hub, on: executor.executor)
        watch.watch.load([], known: [:], epoch: VersionChain.epoch, provenAt: .now)
        executor.run()
        #expect(watch.takeAll() == ["synced"])
        for version in 1...3 {
            for key in ["a/prod", "b/prod"] { hub.publish(try head(key, version: version)) }
        }
        #expect(executor.waiting == 1)
        executor.run()
        #expect(watch.timesReady == 2)
        #expect(watch.takeAll() == ["a/prod@3", "b/prod@3"])
        hub.publish(try head("a/prod", version: 4))
        executor.run()
        #expect(watch.takeAll() == ["a/prod@4"])
    }

    /// What was read and what changed meanwhile come together in the order in which they were learned.
    @Test func whatAnExecutorDoesLateIsSentOnceAndInOrder() throws {
        let hub = WatchHub()
        let executor = QueueingExecutor()
        let watch = TestWatch(WatchFilter(), in: hub, on: executor.executor)
        let heads = try (1...3).map { try head("a/prod", version: $0) }
        hub.publish(heads[0])
        hub.publish(heads[1])
        watch.watch.load([heads[1]], known: [:], epoch: VersionChain.epoch, provenAt: .now)
        executor.run()
        #expect(watch.takeAll() == ["a/prod@2", "synced"])
        hub.publish(heads[2])
        hub.publish(heads[1])
        watch.watch.close()
        #expect(watch.watch.isOpen)
        executor.run()
        #expect(watch.takeAll() == ["a/prod@3"])
        #expect(!watch.watch.isOpen)
    }

    private func head(_ key: String, version: Int = 1) throws -> HeadSnapshot {
        var chain = try VersionChain(key)
        for _ in 1..<version { _ = chain.next() }
        return HeadSnapshot(chain.next(), epoch: VersionChain.epoch)
    }
}

/// A watch in a hub, and how often it had something to take.
private final class TestWatch {
    let watch: Watch
    private let ready: Ready

    var timesReady: Int { ready.times.load(ordering: .relaxed) }

    private final class Ready: Sendable {
        let times = Atomic(0)
    }

    init(_ filter: WatchFilter, in hub: WatchHub, on executor: WatchExecutor) {
        let ready = Ready()
        self.ready = ready
        watch = Watch(filter: filter, executor: executor) { ready.times.add(1, ordering: .relaxed) }
        hub.add(watch)
    }

    func takeAll() -> [String] {
        var taken: [String] = []
        while let item = watch.popFirst() {
            switch item {
            case .change(let head): taken.append("\(head.key)@\(head.record.version)")
            case .synced: taken.append("synced")
            }
        }
        return taken
    }
}

/// Does what it is given when a test says so.
private final class QueueingExecutor: Sendable {
    private let work = Mutex<[@Sendable () -> Void]>([])

    var executor: WatchExecutor {
        WatchExecutor(identity: ObjectIdentifier(self)) { [self] new in work.withLock { $0.append(new) } }
    }

    /// How many pieces of work wait.
    var waiting: Int { work.withLock { $0.count } }

    func run(_ afterEach: () -> Void = {}) {
        let waiting = work.withLock { work in
            defer { work = [] }
            return work
        }
        for work in waiting {
            work()
            afterEach()
        }
    }
}
