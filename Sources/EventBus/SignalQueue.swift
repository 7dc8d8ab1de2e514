import DequeModule
import Synchronization

/// The way of a subscription's signals from the bus to their one reader.
///
/// It holds at most the deliveries that the prefetch allows: an interruption drops what was not taken yet, because it can
/// no longer be acknowledged and the reader reads the truth again anyway. So a reader that stands still costs the same
/// however often the connection is lost meanwhile.
package final class SignalQueue: Sendable {
    private typealias Reader = CheckedContinuation<BusSignal?, Never>

    private struct State {
        var signals = Deque<BusSignal>()
        var reader: Reader?
        var isFinished = false
    }

    private let state = Mutex(State())

    /// An empty queue.
    package init() {}

    /// The reader's end. A second reader would take signals away from the first.
    package var signals: BusSignals {
        BusSignals(unfolding: { await self.next() })
    }

    /// Passes a signal to the reader, or keeps it until it reads.
    package func send(_ signal: BusSignal) {
        let reader = state.withLock { state -> Reader? in
            if state.isFinished { return nil }
            if let reader = state.reader.take() { return reader }
            if case .interrupted = signal { state.signals.removeAll() }
            state.signals.append(signal)
            return nil
        }
        reader?.resume(returning: signal)
    }

    /// Ends the sequence; signals that were not taken are dropped.
    package func finish() {
        let reader = state.withLock { state in
            state.isFinished = true
            state.signals.removeAll()
            return state.reader.take()
        }
        reader?.resume(returning: nil)
    }

    private func next() async -> BusSignal? {
        if let signal = state.withLock({ $0.signals.popFirst() }) { return signal }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { register($0) }
        } onCancel: {
            state.withLock { $0.reader.take() }?.resume(returning: nil)
        }
    }

    private func register(_ reader: Reader) {
        let (ready, signal) = state.withLock { state -> (Reader?, BusSignal?) in
            if let signal = state.signals.popFirst() { return (reader, signal) }
            // The second test closes the gap between a cancellation and the registration.
            if state.isFinished || Task.isCancelled { return (reader, nil) }
            let earlier = state.reader
            state.reader = reader
            return (earlier, nil)
        }
        ready?.resume(returning: signal)
    }
}
