import ConfigModel
import NIOCore

/// Turns the bytes of a watch into messages.
struct WatchReader {
    /// The largest content, twice over because it is escaped once more, and the envelope.
    static let limit = 24 << 20

    private let selection: WatchSelection
    private let answers: AnswerReader
    private var parser = ServerSentEventParser(limit: Self.limit)
    private var items: ArraySlice<ServerSentItem> = []

    init(selection: WatchSelection, url: String) {
        self.selection = selection
        answers = AnswerReader(url: url)
    }

    /// Takes the next piece of the stream; to be called when `next` has no more messages.
    mutating func append(_ chunk: ByteBuffer) throws(RegistryClientError) {
        do {
            items = try chunk.withUnsafeReadableBytes { bytes throws(ServerSentEventParser.Failure) in
                ArraySlice(try parser.read(bytes))
            }
        } catch {
            throw answers.refusal("an event stream that cannot be read (\(error))")
        }
    }

    /// The next message that is complete; nil when more bytes are needed.
    mutating func next() throws(RegistryClientError) -> WatchMessage? {
        while let item = items.popFirst() {
            switch item {
            case .comment(let text): if let message = Self.proof(text) ?? damage(text) { return message }
            case .event(let event): if let message = try message(event) { return message }
            }
        }
        return nil
    }

    /// Events of a kind that is not known are for newer clients.
    private func message(_ event: ServerSentEvent) throws(RegistryClientError) -> WatchMessage? {
        if event.name == "synced" {
            let answer = try answers.object(event.data)
            return try answers.fields { () throws(JSONFieldError) in
                .synced(
                    epoch: try answer.answered("epoch") { Epoch(parsing: $0) },
                    count: Int(clamping: try answer.int64("count")))
            }
        }
        guard RoutingKey.isConfigurationChange(event.name) else { return nil }
        return .event(try configEvent(event))
    }

    private func configEvent(_ event: ServerSentEvent) throws(RegistryClientError) -> ConfigEvent {
        let change: ConfigEvent
        do {
            change = try ConfigEvent(json: event.data, limits: ContentLimits(maximumBytes: 8 << 20, maximumDepth: 64))
        } catch {
            throw answers.refusal("an event that cannot be read: \(error)")
        }
        guard change.content != nil, change.routingKey == event.name, selection.includes(change.key),
            event.id == "\(change.key.environment)/\(change.key.service)@\(change.version)"
        else { throw answers.refusal("an event that is not what was asked for") }
        return change
    }

    /// `damaged prod/parsing@2 test/routing@7`, of the documents that were asked for.
    private func damage(_ text: [UInt8]) -> WatchMessage? {
        let words = String(decoding: text, as: UTF8.self).split(separator: " ")
        guard words.first == "damaged" else { return nil }
        let names = DamagedNames.read(words.dropFirst().joined(separator: " "))
        return .damaged(
            names.filter { selection.includes($0.key) }, isComplete: names.count == words.count - 1)
    }

    /// `proof <ms>`.
    private static func proof(_ text: [UInt8]) -> WatchMessage? {
        let words = text.split(separator: UInt8(ascii: " "))
        guard words.count == 2, words[0].elementsEqual("proof".utf8),
            let milliseconds = UInt32(String(decoding: words[1], as: UTF8.self))
        else { return nil }
        return .proof(age: .milliseconds(Int64(milliseconds)))
    }
}
