/// One item of an event stream.
enum ServerSentItem: Equatable {
    /// An event with data.
    case event(ServerSentEvent)
    /// A line that begins with a colon, without it.
    case comment([UInt8])
}

/// An event as the stream carries it.
struct ServerSentEvent: Equatable {
    /// The `event` field; `message` when there was none.
    var name = "message"
    /// The `id` field.
    var id: String?
    /// The `data` fields, joined by line feeds.
    var data: [UInt8]
}
