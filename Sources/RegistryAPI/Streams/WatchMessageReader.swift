/// Turns the bytes of a watch into messages.
package struct WatchMessageReader: Sendable {
    /// The longest event that is taken.
    package static let limit = APILimits.documentResponse

    private let selection: WatchSelection
    private var parser = ServerSentEventParser(limit: Self.limit)
    private var items: ArraySlice<ServerSentItem> = []

    /// Reads the messages of a watch of these documents.
    package init(_ selection: WatchSelection) { self.selection = selection }

    /// Takes the next piece of the stream; to be called when `next` has no more messages.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(InvalidResponse) {
        do {
            items = ArraySlice(try parser.read(bytes))
        } catch {
            throw InvalidResponse("an event stream that cannot be read (\(error))")
        }
    }

    /// The next message that is complete; nil when more bytes are needed.
    package mutating func next() throws(InvalidResponse) -> WatchMessage? {
        while let item = items.popFirst() {
            switch item {
            case .comment(let text): if let message = WatchMessage(comment: text, of: selection) { return message }
            case .event(let event): if let message = try WatchMessage(event, of: selection) { return message }
            }
        }
        return nil
    }
}
