import AsyncSupport
import ConfigWatcher
import Synchronization

/// Reads a document now, once for all who want it at that moment; with a time to live also when an access finds it old.
final class DocumentRefresh: Sendable {
    /// A read of the document, and the reload that follows.
    private typealias Flight = Completion<Result<Void, WatcherError>>

    private struct State {
        var flight: Flight?
        /// nil without a time to live.
        var schedule: RefreshSchedule?
        /// Why the last read was not answered; nil when it was.
        var failure: WatcherError?
    }

    private let state: Mutex<State>
    private let read: @Sendable () async -> Result<Void, WatcherError>
    private let start = ContinuousClock.now
    /// Nanoseconds from `start` on from which an access has something to do, so that the others need no lock.
    private let due: Atomic<Int64>

    /// - Parameters:
    ///   - schedule: when an access refreshes the document; nil never.
    ///   - read: reads the document and applies what is newer.
    init(_ schedule: RefreshSchedule?, read: @escaping @Sendable () async -> Result<Void, WatcherError>) {
        state = Mutex(State(schedule: schedule))
        due = Atomic(schedule == nil ? .max : 0)
        self.read = read
    }

    /// Something reads what is known: begins a refresh behind when it is time for one.
    func access() {
        let due = due.load(ordering: .relaxed)
        // Without a time to live not even the clock is read.
        guard due != .max else { return }
        let now = ContinuousClock.now
        guard nanoseconds(now) >= due else { return }
        state.withLock { state in
            if state.schedule?.begin(at: now) ?? false { begin(&state) }
        }
    }

    /// Waits until what runs is what a read brought that was under way at this moment, or began at it. With a time to live that
    /// has not passed there is nothing to wait for.
    ///
    /// - Throws: why the source did not answer. With a time to live it may be the failure of the last read, while the next is
    ///   not due.
    func fetch() async throws(WatcherError) {
        let (flight, failure) = state.withLock { join(&$0) }
        guard let flight else {
            if let failure { throw failure }
            return
        }
        guard let result = await flight.wait() else { throw WatcherError(.notRunning, "The fetch was cancelled.") }
        try result.get()
    }

    /// Refreshes the document, as accesses would, for as long as something watches it. Without a time to live there is nothing
    /// to do.
    func keepFresh() async {
        while !Task.isCancelled {
            access()
            let (flight, due) = state.withLock { ($0.flight, $0.schedule?.due) }
            if let flight {
                _ = await flight.wait()
            } else if let due {
                // The moment is never moved forward: nothing needs to wake this.
                try? await Task.sleep(until: due)
            } else {
                return
            }
        }
    }

    /// What a fetch has to wait for, or why there is nothing to wait for.
    private func join(_ state: inout State) -> (Flight?, WatcherError?) {
        if let flight = state.flight, state.schedule == nil { return (flight, nil) }
        guard let schedule = state.schedule else { return (begin(&state), nil) }
        let now = ContinuousClock.now
        if state.schedule?.begin(at: now) ?? false { begin(&state) }
        guard schedule.isExpired(at: now) else { return (nil, nil) }
        return (state.flight, state.failure)
    }

    @discardableResult
    private func begin(_ state: inout State) -> Flight {
        due.store(.max, ordering: .relaxed)
        let flight = Flight()
        state.flight = flight
        // In a task of its own, because one caller that is cancelled must not end what others wait for.
        Task {
            let beganAt = ContinuousClock.now
            let result = await read()
            end(result, since: beganAt)
            flight.resolve(result)
        }
        return flight
    }

    private func end(_ result: Result<Void, WatcherError>, since moment: ContinuousClock.Instant) {
        state.withLock { state in
            state.flight = nil
            switch result {
            case .success:
                state.failure = nil
                state.schedule?.succeeded(since: moment)
            case .failure(let error):
                state.failure = error
                state.schedule?.failed(at: .now)
            }
            if let moment = state.schedule?.due { due.store(nanoseconds(moment), ordering: .relaxed) }
        }
    }

    private func nanoseconds(_ moment: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = (moment - start).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
