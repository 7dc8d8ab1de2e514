import EventBus

/// A message whose publisher waits for the confirmation.
struct PendingPublish {
    typealias Continuation = CheckedContinuation<Result<Void, BusError>, Never>

    let id: UInt64
    let message: BusMessage
    private var continuation: Continuation?

    init(id: UInt64, message: BusMessage, continuation: Continuation) {
        self.id = id
        self.message = message
        self.continuation = continuation
    }

    /// Tells the publisher, once.
    mutating func finish(_ result: Result<Void, BusError>) {
        continuation.take()?.resume(returning: result)
    }
}
