import ConfigModel
import DequeModule
import Synchronization

/// The versions that wait for their announcement, bounded; those of one document one after the other.
final class RelayQueue: Sendable {
    fileprivate struct State {
        var ready = Deque<HeadSnapshot>()
        /// Later versions of the documents of which one is ready or being announced.
        var parked: [DocumentKey: Deque<HeadSnapshot>] = [:]
        /// Everything from being offered to being marked, and since when.
        var held: [VersionIdentity: ContinuousClock.Instant] = [:]
        var idle: [(worker: Int, continuation: CheckedContinuation<HeadSnapshot?, Never>)] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// Takes a version; false when there is no room, or no work is taken any more.
    func offer(_ snapshot: HeadSnapshot) -> Bool {
        let (isTaken, idle) = state.withLock { state -> (Bool, Idle?) in
            guard !state.isClosed, state.held.count < capacity else { return (false, nil) }
            state.held[snapshot.identity] = .now
            if state.parked[snapshot.key] != nil {
                state.parked[snapshot.key]?.append(snapshot)
                return (true, nil)
            }
            state.parked[snapshot.key] = Deque()
            return (true, state.handOut(snapshot))
        }
        idle?.resume(returning: snapshot)
        return isTaken
    }

    /// The next version to announce; nil when there will be none, or the task is cancelled.
    func next(worker: Int) async -> HeadSnapshot? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> HeadSnapshot?? in
                    if Task.isCancelled { return .some(nil) }
                    if let snapshot = state.ready.popFirst() { return snapshot }
                    if state.isClosed && state.parked.isEmpty { return .some(nil) }
                    state.idle.append((worker, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let idle = state.withLock { state in
                state.idle.firstIndex { $0.worker == worker }.map { state.idle.remove(at: $0).continuation }
            }
            idle?.resume(returning: nil)
        }
    }

    /// Ends the announcement of a version. A confirmed one is held until it is marked, a failed one is let go.
    func finish(_ snapshot: HeadSnapshot, isConfirmed: Bool) {
        let (successor, idle) = state.withLock { state -> (HeadSnapshot?, [Idle]) in
            if !isConfirmed { state.held[snapshot.identity] = nil }
            if let successor = state.parked[snapshot.key]?.popFirst() {
                return (successor, state.handOut(successor).map { [$0] } ?? [])
            }
            state.parked[snapshot.key] = nil
            guard state.isClosed, state.parked.isEmpty else { return (nil, []) }
            return (nil, state.takeIdle())
        }
        for continuation in idle { continuation.resume(returning: successor) }
    }

    /// Lets go of versions that were marked, or that nobody here will mark.
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

    /// Takes no more work; `next` answers nil when all is done.
    func close() {
        let idle = state.withLock { state -> [Idle] in
            state.isClosed = true
            return state.parked.isEmpty ? state.takeIdle() : []
        }
        for continuation in idle { continuation.resume(returning: nil) }
    }
}

private typealias Idle = CheckedContinuation<HeadSnapshot?, Never>

extension RelayQueue.State {
    /// An idle worker to be given this version, or nil after having queued it.
    fileprivate mutating func handOut(_ snapshot: HeadSnapshot) -> Idle? {
        if let idle = idle.popLast() { return idle.continuation }
        ready.append(snapshot)
        return nil
    }

    fileprivate mutating func takeIdle() -> [Idle] {
        defer { idle = [] }
        return idle.map(\.continuation)
    }
}
