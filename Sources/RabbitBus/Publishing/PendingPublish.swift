import AsyncSupport
import EventBus

/// A message whose publisher waits for the confirmation.
struct PendingPublish: Sendable {
    let message: BusMessage
    let confirmation: Completion<Result<Void, BusError>>

    /// Ends the publisher's wait; only the first result counts.
    func finish(_ result: Result<Void, BusError>) { confirmation.resolve(result) }
}
