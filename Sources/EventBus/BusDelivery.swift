/// A message that arrived, and the way to acknowledge it.
public struct BusDelivery: Sendable {
    /// The main routing key that it was published with.
    public let routingKey: String
    /// The exchange that it came through.
    public let exchange: String
    /// The publisher's login as checked by the broker; nil when the publisher gave none.
    public let userID: String?
    /// The publisher's message id.
    public let messageID: String?
    /// True when it was delivered before and not acknowledged.
    public let isRedelivered: Bool
    /// The headers whose values are short texts; nothing is known about them.
    public let headers: [String: String]
    /// The body as it arrived; nothing is known about it.
    public let body: [UInt8]

    private let acknowledgement: @Sendable () -> Void

    /// Puts a delivery together; `acknowledgement` is called at most once by a well-behaved receiver and must be harmless
    /// after the subscription is gone.
    public init(
        routingKey: String, exchange: String, userID: String?, messageID: String?, isRedelivered: Bool,
        headers: [String: String] = [:], body: [UInt8],
        acknowledgement: @escaping @Sendable () -> Void
    ) {
        self.routingKey = routingKey
        self.exchange = exchange
        self.userID = userID
        self.messageID = messageID
        self.isRedelivered = isRedelivered
        self.headers = headers
        self.body = body
        self.acknowledgement = acknowledgement
    }

    /// Lets the bus know that the message need not be delivered again; harmless when the subscription is gone.
    public func acknowledge() { acknowledgement() }
}
