import ConfigModel
import RegistryClient
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher

/// A process that follows many documents asks a few questions at a time.
@Suite("Questions at the same time", .timeLimit(.minutes(1)))
struct LimitedReadingTests {
    @Test("no more than the limit are under way, and all are answered")
    func limit() async throws {
        let registry = SlowRegistry()
        let reading = LimitedReading(registry)
        try await withThrowingTaskGroup(of: HeadAnswer.self) { group in
            for _ in 0..<200 { group.addTask { try await reading.ask("a") } }
            try await eventually("the places are taken") { registry.gate.arrivals == LimitedReading.limit }
            registry.gate.open()
            for try await answer in group { #expect(answer == .unknown) }
        }
        #expect(registry.most == LimitedReading.limit)
        #expect(registry.gate.arrivals == 200)
    }

    @Test("who is cancelled does not wait, and takes nobody's place")
    func cancellation() async throws {
        let registry = SlowRegistry()
        let reading = LimitedReading(registry)
        try await withThrowingTaskGroup(of: HeadAnswer.self) { group in
            for _ in 0..<LimitedReading.limit { group.addTask { try await reading.ask("a") } }
            try await eventually("the places are taken") { registry.gate.arrivals == LimitedReading.limit }
            let cancelled = Task { try await reading.ask("cancelled") }
            cancelled.cancel()
            await #expect(throws: RegistryClientError.self) { try await cancelled.value }
            group.addTask { try await reading.ask("a") }
            registry.gate.open()
            for try await answer in group { #expect(answer == .unknown) }
        }
        #expect(registry.most == LimitedReading.limit)
    }
}

extension RegistryReading {
    fileprivate func ask(_ service: String) async throws -> HeadAnswer {
        try await head(
            of: try DocumentKey(service: service), ifNoneMatch: nil, minimumVersion: nil, epoch: nil, isFresh: false)
    }
}

/// A registry that answers once its gate is open, and at once to those who do not want to know any more.
private final class SlowRegistry: RegistryReading {
    let gate = Gate()
    private let underWay = Mutex((now: 0, most: 0))

    /// How many questions were under way at the same time at most.
    var most: Int { underWay.withLock { $0.most } }

    func head(
        of key: DocumentKey, ifNoneMatch: String?, minimumVersion: Int64?, epoch: Epoch?, isFresh: Bool
    ) async throws(RegistryClientError) -> HeadAnswer {
        if Task.isCancelled { throw RegistryClientError(.interrupted, "The question was cancelled.") }
        underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        await gate.pass()
        underWay.withLock { $0.now -= 1 }
        return .unknown
    }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {}
}
