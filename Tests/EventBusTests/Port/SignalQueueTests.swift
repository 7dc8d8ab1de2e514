import EventBus
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SignalQueueTests {
    private func delivery(_ id: String) -> BusSignal {
        .delivery(
            BusDelivery(
                routingKey: "k", exchange: "e", userID: nil, messageID: id, isRedelivered: false, body: []
            ) {})
    }

    private let error = BusError(.unavailable, "gone")

    @Test func interruptionDropsWhatWasNotTaken() async throws {
        let queue = SignalQueue()
        let reader = SignalReader(queue.signals)
        for _ in 0..<3 {
            queue.send(.subscribed)
            for number in 0..<1_000 { queue.send(delivery("\(number)")) }
            queue.send(.interrupted(error))
        }
        queue.send(.subscribed)
        queue.send(delivery("new"))
        guard case .interrupted(error) = try await reader.next() else {
            Issue.record("the interruption is not first")
            return
        }
        try await reader.subscribed()
        #expect(try await reader.delivery().messageID == "new")
    }

    @Test func waitingReaderGetsTheNextSignal() async throws {
        let queue = SignalQueue()
        let read = Task { try await SignalReader(queue.signals).delivery().messageID }
        // Whether the reader waits already or not, the signal reaches it.
        queue.send(delivery("1"))
        #expect(try await read.value == "1")
    }

    @Test func cancellationEndsTheReader() async {
        let queue = SignalQueue()
        let read = Task { for await _ in queue.signals {} }
        read.cancel()
        await read.value
    }

    @Test func finishEndsTheReader() async {
        let queue = SignalQueue()
        let read = Task { for await _ in queue.signals {} }
        queue.send(.subscribed)
        queue.finish()
        queue.send(.subscribed)
        await read.value
    }
}
