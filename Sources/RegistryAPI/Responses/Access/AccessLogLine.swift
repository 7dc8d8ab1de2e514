package import ConfigModel

/// An entry of the access log: refusals of one kind, or one act of administration.
package struct AccessLogLine: Sendable, Equatable {
    /// When it happened first.
    package var at: Timestamp
    /// The registry that refused or did it.
    package var registry: String
    /// How the identity was proven: `token`, `jwt`, `cert`, `store`, or `none`.
    package var kind: String
    /// Nil when there was none.
    package var identity: String?
    /// The identifier of the token.
    package var tokenID: String?
    /// Where the request came from.
    package var address: String?
    /// What was to be done.
    package var action: String
    /// The document, or what else it concerned.
    package var key: String?
    /// The HTTP status of the answer; 0 for what came over no connection.
    package var status: Int
    /// The type of the problem, or the act.
    package var type: String
    /// How many of the same kind.
    package var count: Int64

    /// Puts an entry together. Who it was, and what it concerned, is set where it is known.
    package init(
        at: Timestamp, registry: String, kind: String, action: String, status: Int, type: String, count: Int64
    ) {
        self.at = at
        self.registry = registry
        self.kind = kind
        self.action = action
        self.status = status
        self.type = type
        self.count = count
    }
}

extension AccessLogLine {
    /// Reads an entry of a list.
    package init(json object: JSONObject) throws(JSONFieldError) {
        self.init(
            at: try object.parsed("at") { Timestamp(parsing: $0) }, registry: try object.string("registry"),
            kind: try object.string("kind"), action: try object.string("action"),
            status: Int(clamping: try object.int64("status")), type: try object.string("type"),
            count: try object.int64("count"))
        identity = try object.optionalString("identity")
        tokenID = try object.optionalString("token_id")
        address = try object.optionalString("address")
        key = try object.optionalString("key")
    }

    /// Reads a list.
    package static func list(_ body: [UInt8]) throws(InvalidResponse) -> [AccessLogLine] {
        var lines: [AccessLogLine] = []
        for object in try ResponseJSON.objects(body) {
            lines.append(try ResponseJSON.fields { () throws(JSONFieldError) in try AccessLogLine(json: object) })
        }
        return lines
    }

    /// Writes the members of the object.
    package func write(to object: inout JSONWriter) {
        object.member("at", at.description)
        object.member("registry", registry)
        object.member("kind", kind)
        object.member("identity", identity)
        object.member("token_id", tokenID)
        object.member("address", address)
        object.member("action", action)
        object.member("key", key)
        object.member("status", status)
        object.member("type", type)
        object.member("count", count)
    }

    /// The body of a list.
    package static func jsonBytes(_ lines: [AccessLogLine]) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 * lines.count + 2)
        writer.array { list in
            for line in lines { list.object(line.write) }
        }
        return writer.bytes
    }
}
