package import ConfigModel

extension WatchMessage {
    /// The name of the event that says that the newest versions have been sent.
    static let syncedName = "synced"

    /// The name of the event that says why a stream ends.
    static let endName = "end"

    /// The identifier of a version in a stream.
    static func identifier(of version: Int64, of key: DocumentKey) -> String {
        "\(key.environment)/\(key.service)@\(version)"
    }

    /// A version as server-sent event: the routing key, the identifier, and the event with its content, on one line for
    /// every client.
    ///
    /// - Parameters:
    ///   - record: the version.
    ///   - event: the event as JSON.
    package static func change(_ record: VersionRecord, event: [UInt8]) -> (head: String, data: [UInt8]) {
        let head =
            "event: \(RoutingKey.change(record.changeType, of: record.key))\n"
            + "id: \(identifier(of: record.version, of: record.key))\ndata: "
        return (head, LineSafeJSON.bytes(event))
    }

    /// The event that says that the newest versions have been sent.
    ///
    /// - Parameters:
    ///   - epoch: the store's.
    ///   - count: how many documents are selected.
    ///   - statement: the signed statement that the epoch counts.
    ///   - damaged: names what was left out, as `DamagedNames` writes it.
    package static func synced(
        _ epoch: Epoch, count: Int, statement: EpochStatement?, damaged: String?
    ) -> (head: String, data: [UInt8]) {
        var writer = JSONWriter()
        writer.object { data in
            data.member("count", count)
            data.member("epoch", epoch.description)
            if let statement { data.member("epoch_statement", verbatim: statement.jsonBytes) }
        }
        return ("\(comment(damaged))event: \(syncedName)\ndata: ", writer.bytes)
    }

    /// The event that says why the registry ends the stream.
    ///
    /// - Parameter reason: `expired`, `revoked` or `changed`: what became of the client's credential.
    package static func end(_ reason: String) -> (head: String, data: [UInt8]) {
        var writer = JSONWriter()
        writer.object { $0.member("reason", reason) }
        return ("event: \(endName)\ndata: ", writer.bytes)
    }

    /// The age of the registry's own proof that nothing is missing: a comment, which no client takes for an event.
    ///
    /// - Parameters:
    ///   - milliseconds: the age.
    ///   - damaged: names what was left out, as `DamagedNames` writes it.
    package static func proof(milliseconds: Int64, damaged: String?) -> String {
        "\(comment(damaged)): proof \(milliseconds)"
    }

    /// The trace in which the version of the next event was published: a comment, which no client takes for an event.
    package static func trace(_ trace: TraceContext) -> String { ": traceparent \(trace.traceparent)" }

    /// Names what was left out, in front of what does not count for it.
    private static func comment(_ damaged: String?) -> String { damaged.map { ": damaged \($0)\n" } ?? "" }
}
