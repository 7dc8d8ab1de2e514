/// A message in a queue.
struct QueuedMessage {
    let message: BusMessage
    let isRedelivered: Bool
}
