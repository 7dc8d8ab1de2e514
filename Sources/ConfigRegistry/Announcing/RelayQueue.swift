import AsyncSupport
import ConfigModel
import ConfigStore
import DequeModule
import Synchronization

/// The versions that wait for their announcement, bounded; those of one document one after the other, and no more at a time
/// than the window holds.
final class RelayQueue: Sendable {
    private struct State {
        var ready = Deque<HeadSnapshot>()
        /// Later versions of the documents of which one is ready or being announced.
        var parked: [DocumentKey: Deque<HeadSnapshot>] = [:]
        /// Everything from being offered to being marked, and since when.
        var held: [VersionIdentity: ContinuousClock.Instant] = [:]
        /// How many are being announced.
        var underWay = 0
        var isClosed = false

        /// Closed, and everything is announced.
        var isDone: Bool { isClosed && parked.isEmpty }
    }

    private let state = Mutex(State())
    private let wake = WakeSignal()
    private let capacity: Int
    private let window: Int

    init(capacity: Int, window: Int) {
        self.capacity = capacity
        self.window = window
    }

    /// Takes a version; false when there is no room, or no work is taken any more.
    func offer(_ snapshot: HeadSnapshot) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.held.count < capacity else { return false }
            state.held[snapshot.identity] = .now
            if state.parked[snapshot.key] != nil {
                state.parked[snapshot.key]?.append(snapshot)
            } else {
                state.parked[snapshot.key] = Deque()
                state.ready.append(snapshot)
            }
            return true
        }
        if isTaken { wake.signal() }
        return isTaken
    }

    /// The next version to announce, as soon as there is one and the window has room; nil when the queue is closed and
    /// everything is announced, or when the task is cancelled. For one task.
    func next() async -> HeadSnapshot? {
        while !Task.isCancelled {
            let (next, isDone) = state.withLock { state -> (HeadSnapshot?, Bool) in
                guard state.underWay < window, let next = state.ready.popFirst() else { return (nil, state.isDone) }
                state.underWay += 1
                return (next, false)
            }
            if next != nil || isDone { return next }
            await wake.wait()
        }
        return nil
    }

    /// Ends the announcement of a version. A confirmed one is held until it is marked, a failed one is let go.
    func finish(_ snapshot: HeadSnapshot, isConfirmed: Bool) {
        state.withLock { state in
            state.underWay -= 1
            if !isConfirmed { state.held[snapshot.identity] = nil }
            if let successor = state.parked[snapshot.key]?.popFirst() {
                state.ready.append(successor)
            } else {
                state.parked[snapshot.key] = nil
            }
        }
        wake.signal()
    }

    /// Lets go of versions that were marked, or that will not be marked here.
    func release(_ versions: [VersionIdentity]) {
        state.withLock { state in
            for version in versions { state.held[version] = nil }
        }
    }

    func holds(_ version: VersionIdentity) -> Bool { state.withLock { $0.held[version] != nil } }

    /// How many versions are held, and since when the oldest.
    var load: (count: Int, oldest: ContinuousClock.Instant?) {
        state.withLock { ($0.held.count, $0.held.values.min()) }
    }

    /// Takes no more work.
    func close() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }
}
