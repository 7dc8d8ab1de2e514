import EventBus
import Synchronization

/// The messages that were handed over and that the publisher's thread has not seen yet.
final class PublishInbox: Sendable {
    private struct State {
        var messages: [PendingPublish] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// False when nothing is taken any more.
    func add(_ pending: PendingPublish) -> Bool {
        state.withLock { state in
            if state.isClosed { return false }
            state.messages.append(pending)
            return true
        }
    }

    func takeAll() -> [PendingPublish] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Takes no more, and returns what is left.
    func close() -> [PendingPublish] {
        state.withLock { state in
            defer { state = State(isClosed: true) }
            return state.messages
        }
    }
}
