import ConfigModel

/// A client of an event stream.
struct EventStreamClient {
    private var connection: RawConnection
    private(set) var head = ""
    /// What the chunks carried and is not read yet.
    private var text = ""

    /// Runs `body` with a stream that the server answered with 200.
    static func run(
        port: Int?, _ path: String = "/api/watch", known: String? = nil, token: String? = nil,
        _ body: @escaping @Sendable (inout EventStreamClient) async throws -> Void
    ) async throws {
        try await RawConnection.run(port: port) { connection in
            var request = "\(known == nil ? "GET" : "POST") \(path) HTTP/1.1\r\nHost: localhost\r\n"
            if let token { request += "Authorization: Bearer \(token)\r\n" }
            if let known {
                let body = "{\"known\":\(known)}"
                request += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            } else {
                request += "\r\n"
            }
            try await connection.write(request)
            var client = EventStreamClient(connection: connection)
            client.head = try await client.connection.read(through: "\r\n\r\n")
            try await body(&client)
        }
    }

    private init(connection: RawConnection) { self.connection = connection }

    /// The next frame, without the empty line that ends it.
    mutating func next() async throws -> Frame {
        while true {
            if let end = text.firstRange(of: "\n\n") {
                defer { text = String(text[end.upperBound...]) }
                return Frame(String(text[..<end.lowerBound]))
            }
            guard let chunk = try await nextChunk() else { throw ConnectionEnded(rest: text) }
            text += chunk
        }
    }

    /// All frames up to and including `synced`.
    mutating func nextUntilSynced() async throws -> [Frame] {
        var frames: [Frame] = []
        repeat { frames.append(try await next()) } while frames.last?.event != "synced"
        return frames
    }

    /// Reads to the regular end of the stream and of the connection.
    mutating func readToEnd() async throws {
        while let chunk = try await nextChunk() { text += chunk }
        _ = try await connection.readToEnd()
    }

    /// The next chunk of the chunked body; nil for the last one.
    private mutating func nextChunk() async throws -> String? {
        let size = try await connection.read(through: "\r\n").dropLast(1)
        guard let count = Int(size.trimmed, radix: 16) else { throw ConnectionEnded(rest: String(size)) }
        var chunk = ""
        while chunk.utf8.count < count { chunk += try await connection.read(through: "\n") }
        // One character to Swift, and so not found by looking for "\n".
        _ = try await connection.read(through: "\r\n")
        return count == 0 ? nil : chunk
    }
}

/// A frame of an event stream.
struct Frame: Sendable, Equatable {
    var event: String?
    var id: String?
    var data: String?
    var comment: String?

    init(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("event: ") { event = String(line.dropFirst(7)) }
            if line.hasPrefix("id: ") { id = String(line.dropFirst(4)) }
            if line.hasPrefix("data: ") { data = String(line.dropFirst(6)) }
            if line.hasPrefix(": ") { comment = String(line.dropFirst(2)) }
        }
    }

    /// The event that the frame carries, checked as a watcher would.
    var configEvent: ConfigEvent {
        get throws { try ConfigEvent(json: Array((data ?? "").utf8)) }
    }
}

extension Substring {
    fileprivate var trimmed: Substring { last == "\r" ? dropLast() : self }
}
