import EventBus

/// A bus that notes when it has confirmed a message and when it has delivered one.
struct MeasuringBus: EventBus {
    let bus: any EventBus
    let recorder: UpdateRecorder
    /// False for the registry, which listens too but is no watcher.
    let isWatched: Bool

    func publish(_ message: BusMessage) async throws(BusError) {
        try await bus.publish(message)
        recorder.announced(message: message.messageID)
    }

    func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        guard isWatched else { return try await bus.withSubscription(subscription, body) }
        return try await bus.withSubscription(subscription) { signals in
            let measured = BusSignals {
                // The stream keeps its place itself.
                var iterator = signals.makeAsyncIterator()
                let signal = await iterator.next()
                note(signal)
                return signal
            }
            return try await body(measured)
        }
    }

    var status: BusStatus { get async { await bus.status } }

    var statusUpdates: AsyncStream<BusStatus> { bus.statusUpdates }

    private func note(_ signal: BusSignal?) {
        guard case .delivery(let delivery) = signal else { return }
        delivery.messageID.map(recorder.received)
    }
}
