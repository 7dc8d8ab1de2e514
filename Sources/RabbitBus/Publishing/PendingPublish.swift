import EventBus

/// A message whose publisher waits for the confirmation.
struct PendingPublish: Sendable {
    let message: BusMessage
    private var completion: (@Sendable (Result<Void, BusError>) -> Void)?

    init(message: BusMessage, completion: @escaping @Sendable (Result<Void, BusError>) -> Void) {
        self.message = message
        self.completion = completion
    }

    /// Tells the publisher, once.
    mutating func finish(_ result: Result<Void, BusError>) {
        completion.take()?(result)
    }
}
