import ConfigRegistry
import NIOCore
import Synchronization

/// The frames of the heads that were sent lately, so that many clients share one buffer.
///
/// A head that changes goes to all its watchers within moments: the cache is small and forgets the oldest first.
final class FrameCache: Sendable {
    private struct Entry {
        let head: HeadSnapshot
        let frame: ByteBuffer
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var order: [ObjectIdentifier] = []
        var bytes = 0
    }

    private let maximumBytes: Int
    private let state = Mutex(State())

    init(maximumBytes: Int = 16 * 1_024 * 1_024) { self.maximumBytes = maximumBytes }

    /// The frame of a head; the entry holds the head, so that its identity is not used again.
    func frame(of head: HeadSnapshot) -> ByteBuffer {
        let identity = ObjectIdentifier(head)
        if let frame = state.withLock({ $0.entries[identity]?.frame }) { return frame }
        let frame = EventFrame.change(head)
        return state.withLock { state in
            if let other = state.entries[identity] { return other.frame }
            state.entries[identity] = Entry(head: head, frame: frame)
            state.order.append(identity)
            state.bytes += frame.readableBytes
            trim(&state)
            return frame
        }
    }

    private func trim(_ state: inout State) {
        var dropped = 0
        while state.bytes > maximumBytes, dropped < state.order.count {
            if let entry = state.entries.removeValue(forKey: state.order[dropped]) {
                state.bytes -= entry.frame.readableBytes
            }
            dropped += 1
        }
        state.order.removeFirst(dropped)
    }
}
