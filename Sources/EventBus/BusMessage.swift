/// One message as it goes onto the bus.
public struct BusMessage: Sendable, Equatable {
    /// The main routing key, for example `config.updated`.
    public let routingKey: String
    /// Further routing keys of the same message; a queue still receives it once.
    public let copyTo: [String]
    /// The same for every repetition of the same message.
    public let messageID: String
    /// The kind of event, for example `ConfigUpdated`.
    public let type: String
    /// Seconds since 1970-01-01T00:00:00Z.
    public let timestamp: Int64
    /// Further headers, by name: short texts.
    public let headers: [String: String]
    /// The body, JSON in UTF-8.
    public let body: [UInt8]

    /// Puts a message together.
    public init(
        routingKey: String, copyTo: [String], messageID: String, type: String, timestamp: Int64,
        headers: [String: String] = [:], body: [UInt8]
    ) {
        self.routingKey = routingKey
        self.copyTo = copyTo
        self.messageID = messageID
        self.type = type
        self.timestamp = timestamp
        self.headers = headers
        self.body = body
    }
}
