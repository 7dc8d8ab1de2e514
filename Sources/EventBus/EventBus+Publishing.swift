import Synchronization

extension EventBus {
    /// Publishes one message and returns when the bus has taken responsibility for it.
    ///
    /// Cancelling the task ends the wait (`.closed`); the message may have been delivered.
    ///
    /// - Throws: `BusError`, as `submit` reports it.
    public func publish(_ message: BusMessage) async throws(BusError) {
        let publication = Publication()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard publication.begin(continuation) else { return }
                submit(message) { publication.finish($0) }
            }
        } onCancel: {
            publication.finish(
                .failure(
                    BusError(
                        .closed,
                        "Publishing was cancelled before the confirmation; the message may have been delivered.")))
        }
        try result.get()
    }
}

/// The wait for one message, which the bus or a cancellation ends, whichever comes first.
private final class Publication: Sendable {
    typealias Continuation = CheckedContinuation<Result<Void, BusError>, Never>

    private enum State {
        case beginning
        case waiting(Continuation)
        case finished(Result<Void, BusError>)
    }

    private let state = Mutex(State.beginning)

    /// False when it is over already.
    func begin(_ continuation: Continuation) -> Bool {
        let result = state.withLock { state -> Result<Void, BusError>? in
            if case .finished(let result) = state { return result }
            state = .waiting(continuation)
            return nil
        }
        guard let result else { return true }
        continuation.resume(returning: result)
        return false
    }

    func finish(_ result: Result<Void, BusError>) {
        let waiting = state.withLock { state -> Continuation? in
            guard case .waiting(let continuation) = state else {
                if case .beginning = state { state = .finished(result) }
                return nil
            }
            state = .finished(result)
            return continuation
        }
        waiting?.resume(returning: result)
    }
}
