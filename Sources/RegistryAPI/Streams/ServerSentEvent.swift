/// One item of an event stream.
package enum ServerSentItem: Sendable, Equatable {
    /// An event with data.
    case event(ServerSentEvent)
    /// A line that begins with a colon, without it.
    case comment([UInt8])
}

/// An event as the stream carries it.
package struct ServerSentEvent: Sendable, Equatable {
    /// The `event` field; `message` when there was none.
    package var name = "message"
    /// The `id` field.
    package var id: String?
    /// The `data` fields, joined by line feeds.
    package var data: [UInt8]
}
