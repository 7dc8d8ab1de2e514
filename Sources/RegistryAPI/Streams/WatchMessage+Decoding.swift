import ConfigModel

extension WatchMessage {
    /// Reads an event; nil for one of a kind that is not known, which is for newer clients.
    init?(_ event: ServerSentEvent, of selection: WatchSelection) throws(InvalidResponse) {
        if event.name == WatchMessage.syncedName {
            let object = try ResponseJSON.object(event.data)
            self = try ResponseJSON.fields { () throws(JSONFieldError) in
                .synced(
                    epoch: try object.parsed("epoch") { Epoch(parsing: $0) },
                    count: Int(clamping: try object.int64("count")))
            }
            return
        }
        if event.name == WatchMessage.endName {
            let object = try ResponseJSON.object(event.data)
            self = try ResponseJSON.fields { () throws(JSONFieldError) in .ended(reason: try object.string("reason")) }
            return
        }
        guard RoutingKey.isConfigurationChange(event.name) else { return nil }
        self = .event(try Self.change(event, of: selection))
    }

    private static func change(
        _ event: ServerSentEvent, of selection: WatchSelection
    ) throws(InvalidResponse) -> ConfigEvent {
        let change: ConfigEvent
        do {
            change = try ConfigEvent(
                json: event.data,
                limits: ContentLimits(maximumBytes: APILimits.contentBytes, maximumDepth: APILimits.contentDepth))
        } catch {
            throw InvalidResponse("an event that cannot be read: \(error)")
        }
        guard change.content != nil, change.routingKey == event.name, selection.includes(change.key),
            event.id == WatchMessage.identifier(of: change.version, of: change.key)
        else { throw InvalidResponse("an event that is not what was requested") }
        return change
    }

    /// Reads a comment: `proof <ms>`, `traceparent 00-...`, or `damaged prod/parsing@2 test/routing@7` of the documents that are watched. Nil for
    /// any other.
    init?(comment: [UInt8], of selection: WatchSelection) {
        let words = String(decoding: comment, as: UTF8.self).split(separator: " ")
        switch words.first {
        case "proof":
            let exact = comment.split(separator: UInt8(ascii: " "))
            guard exact.count == 2, let milliseconds = UInt32(words[1]) else { return nil }
            self = .proof(age: .milliseconds(Int64(milliseconds)))
        case "traceparent":
            guard words.count == 2, let trace = TraceContext(traceparent: String(words[1])) else { return nil }
            self = .trace(trace)
        case "damaged":
            let names = DamagedNames(words.dropFirst().joined(separator: " "))
            self = .damaged(
                names.named.filter { selection.includes($0.key) }, isComplete: names.isComplete)
        default: return nil
        }
    }
}
