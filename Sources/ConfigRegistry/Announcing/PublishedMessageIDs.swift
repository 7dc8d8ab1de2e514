import DequeModule
import Synchronization

/// The newest messages of this process, to know them when the bus brings them back.
final class PublishedMessageIDs: Sendable {
    private struct State {
        var identifiers: Set<String> = []
        var order = Deque<String>()
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int = 4_096) { self.capacity = capacity }

    func remember(_ identifier: String) {
        state.withLock { state in
            guard state.identifiers.insert(identifier).inserted else { return }
            state.order.append(identifier)
            if state.order.count > capacity, let oldest = state.order.popFirst() { state.identifiers.remove(oldest) }
        }
    }

    func contains(_ identifier: String) -> Bool { state.withLock { $0.identifiers.contains(identifier) } }
}
