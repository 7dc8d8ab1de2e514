import AsyncSupport
import Dispatch
import Synchronization

/// Runs decoding, which is the application's code and cannot be interrupted, away from everything else.
///
/// A few calls run at the same time, each on a thread that it may block. One that takes longer than usual gives its place to
/// the next, so that a call that never returns costs a thread and holds nothing up.
final class DecodeLanes: Sendable {
    /// How long a call keeps its place.
    private static let patience = Duration.milliseconds(50)

    private struct State {
        var free: Int
        var waiters = WaiterQueue<Void>()
        var nextTicket = 0
    }

    private let state: Mutex<State>
    /// Calls that were given up and may not have returned.
    private let leftBehind = Mutex<[@Sendable () -> Bool]>([])
    private let mostLeftBehind: Int

    /// - Parameters:
    ///   - width: how many calls run at the same time, slow ones not counted.
    ///   - mostLeftBehind: how many calls that were given up may have a thread before a document that has several of them
    ///     gets no other.
    init(width: Int = 4, mostLeftBehind: Int = 32) {
        state = Mutex(State(free: width))
        self.mostLeftBehind = mostLeftBehind
    }

    /// False when too many calls that were given up have not returned.
    var hasRoom: Bool {
        leftBehind.withLock { calls in
            calls.removeAll { $0() }
            return calls.count < mostLeftBehind
        }
    }

    /// A call is given up, and has a thread until it returns.
    func leaveBehind(_ hasReturned: @escaping @Sendable () -> Bool) { leftBehind.withLock { $0.append(hasReturned) } }

    /// Runs a call; nil when it did not end within the limit, or when the task was cancelled. Then it goes on by itself.
    ///
    /// - Parameters:
    ///   - limit: the time from the moment when the call began.
    ///   - completion: gets what the call returns, whenever that is.
    func run<Result: Sendable>(
        within limit: Duration, into completion: Completion<Result>, _ body: @escaping @Sendable () -> Result
    ) async -> Result? {
        await enter()
        guard !Task.isCancelled else {
            leave()
            return nil
        }
        // A serial queue of its own, because those have a thread each, whatever the other threads do.
        DispatchQueue(label: "configbus.decode").async { completion.resolve(body()) }
        let early = await completion.wait(atMost: min(limit, Self.patience))
        leave()
        if let early { return early }
        guard limit > Self.patience, !Task.isCancelled else { return nil }
        return await completion.wait(atMost: limit - Self.patience)
    }

    /// No call keeps its place for long, so that a task that is cancelled may wait as well.
    private func enter() async {
        await withCheckedContinuation { continuation in
            let mayEnter = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.nextTicket += 1
                state.waiters.append(continuation, ticket: state.nextTicket)
                return false
            }
            if mayEnter { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state in
            let waiter = state.waiters.popFirst()
            if waiter == nil { state.free += 1 }
            return waiter
        }
        next?.resume()
    }
}
