package import EventBus

/// What the broker sent on a connection.
package enum AMQPEvent {
    /// A whole message.
    case delivery(AMQPDelivery)
    /// A message with a body over the limit, which was not kept.
    case oversizedDelivery(tag: UInt64, size: UInt64)
    /// The broker took responsibility for a published message, and for all before it when `multiple`.
    case confirmed(tag: UInt64, multiple: Bool)
    /// The broker refused responsibility.
    case refused(tag: UInt64, multiple: Bool)
    /// The consumer is gone, because its queue is.
    case consumerCancelled
    /// The broker asks publishers to wait.
    case blocked(reason: String)
    /// Publishing may go on.
    case unblocked
    /// The broker closed the channel or the connection.
    case closed(BusError)
}

/// A message as the broker delivered it.
package struct AMQPDelivery {
    /// What an acknowledgement names.
    package let tag: UInt64
    let exchange: String
    let routingKey: String
    let isRedelivered: Bool
    var userID: String?
    var messageID: String?
    var headers: [String: String] = [:]
    var body: [UInt8] = []
}
