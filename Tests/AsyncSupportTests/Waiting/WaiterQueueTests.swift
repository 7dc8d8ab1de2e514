import AsyncSupport
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WaiterQueueTests {
    private final class Door: Sendable {
        let line = Mutex(WaiterQueue<String>())

        func wait(_ ticket: Int) async -> String {
            await withCheckedContinuation { waiter in line.withLock { $0.append(waiter, ticket: ticket) } }
        }

        func count(is count: Int) async throws {
            try await eventually("\(count) wait") { self.line.withLock { $0.count } == count }
        }
    }

    @Test func whoCameFirstIsFirstAndWhoGaveUpIsPassedOver() async throws {
        let door = Door()
        try await withThrowingTaskGroup { group in
            for ticket in 1...4 {
                group.addTask { #expect(await door.wait(ticket) == (ticket == 2 ? "gave up" : "turn \(ticket)")) }
                try await door.count(is: ticket)
            }
            door.line.withLock { $0.remove(ticket: 2) }?.resume(returning: "gave up")
            try await door.count(is: 3)
            for ticket in [1, 3, 4] { door.line.withLock { $0.popFirst() }?.resume(returning: "turn \(ticket)") }
            try await group.waitForAll()
        }
        #expect(door.line.withLock { $0.popFirst() } == nil)
    }

    @Test func whoIsNotThereCannotGiveUp() {
        var line = WaiterQueue<Bool>()
        #expect(line.remove(ticket: 7) == nil)
        #expect(line.popFirst() == nil)
    }
}
