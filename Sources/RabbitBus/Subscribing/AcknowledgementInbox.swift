import Synchronization

/// Where receivers on any thread leave their acknowledgements for the session, without waiting.
final class AcknowledgementInbox: Sendable {
    /// A delivery of one connection; the same tag on another connection is another message.
    struct Entry {
        let connection: Int
        let tag: UInt64
    }

    private struct State {
        var entries: [Entry] = []
        /// nil once the session has stopped.
        var loop: SocketLoop?
    }

    private let state: Mutex<State>

    init(_ loop: SocketLoop) {
        state = Mutex(State(loop: loop))
    }

    func put(_ entry: Entry) {
        // One ring for all that gathers until the session looks.
        let loop = state.withLock { state -> SocketLoop? in
            guard let loop = state.loop else { return nil }
            state.entries.append(entry)
            return state.entries.count == 1 ? loop : nil
        }
        loop?.ring()
    }

    func takeAll() -> [Entry] {
        state.withLock { state in
            let entries = state.entries
            state.entries.removeAll()
            return entries
        }
    }

    func close() {
        state.withLock { $0.loop = nil }
    }
}
