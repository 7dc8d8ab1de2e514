import AsyncSupport
import EventBus
import Synchronization

/// What the bus delivered and is not worked on yet; bounded by the subscription's prefetch.
final class AuditInbox: Sendable {
    private struct State {
        var deliveries: [BusDelivery] = []
        var wantsReconciliation = false
    }

    private let state = Mutex(State())
    /// Given when something is new.
    let news = WakeSignal()

    func put(_ delivery: BusDelivery) {
        state.withLock { $0.deliveries.append(delivery) }
        news.signal()
    }

    /// Messages may have been missed: all documents are to be looked at.
    func requestReconciliation() {
        state.withLock { $0.wantsReconciliation = true }
        news.signal()
    }

    /// Takes all that came.
    func take() -> (deliveries: [BusDelivery], wantsReconciliation: Bool) {
        state.withLock { state in
            defer { state = State() }
            return (state.deliveries, state.wantsReconciliation)
        }
    }
}
