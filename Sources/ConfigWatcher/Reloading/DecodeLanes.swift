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

    /// - Parameter width: how many calls run at the same time, slow ones not counted.
    init(width: Int = 4) { state = Mutex(State(free: width)) }

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
