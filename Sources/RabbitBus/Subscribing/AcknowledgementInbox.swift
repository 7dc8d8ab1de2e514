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
        /// The session will look by itself before long.
        var isAttended = false
        /// nil once the session has stopped.
        var loop: SocketLoop?
    }

    private let state: Mutex<State>
    private let capacity: Int

    /// - Parameter capacity: with so many the session is woken even when it will look by itself.
    init(_ loop: SocketLoop, capacity: Int) {
        state = Mutex(State(loop: loop))
        self.capacity = capacity
    }

    func put(_ entry: Entry) {
        let loop = state.withLock { state -> SocketLoop? in
            guard let loop = state.loop else { return nil }
            state.entries.append(entry)
            // One ring for all that gathers until the session looks.
            return state.entries.count == (state.isAttended ? capacity : 1) ? loop : nil
        }
        loop?.ring()
    }

    /// Whether as much has gathered as should.
    var isFull: Bool { state.withLock { $0.entries.count >= capacity } }

    /// The session promises to look by itself, until it takes what is there.
    func attend() { state.withLock { $0.isAttended = true } }

    func takeAll() -> [Entry] {
        state.withLock { state in
            defer {
                state.entries.removeAll()
                state.isAttended = false
            }
            return state.entries
        }
    }

    func close() {
        state.withLock { $0.loop = nil }
    }
}
