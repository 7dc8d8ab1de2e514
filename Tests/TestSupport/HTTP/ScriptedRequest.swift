/// A request as a scripted server received it.
package struct ScriptedRequest: Sendable {
    package let method: String
    /// Path and query.
    package let target: String
    /// Names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]
    /// Which request to this server it is, from 1.
    package internal(set) var number = 0

    package var path: String { String(target.prefix { $0 != "?" }) }

    package var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// Reads requests with a `Content-Length` from a connection.
struct ScriptedRequestReader {
    private let connection: TestSocket
    private var buffer: [UInt8] = []

    init(_ connection: TestSocket) { self.connection = connection }

    /// The next request; nil when the connection ended.
    mutating func next() -> ScriptedRequest? {
        var end = headEnd
        while end == nil {
            guard fill() else { return nil }
            end = headEnd
        }
        guard let end else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
        }
        let bodyEnd = end + 4 + (headers["content-length"].flatMap { Int($0) } ?? 0)
        while buffer.count < bodyEnd { guard fill() else { return nil } }
        defer { buffer.removeFirst(bodyEnd) }
        return ScriptedRequest(
            method: String(words[0]), target: String(words[1]), headers: headers,
            body: Array(buffer[(end + 4)..<bodyEnd]))
    }

    private var headEnd: Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...(buffer.count - 4)).first { buffer[$0..<($0 + 4)].elementsEqual("\r\n\r\n".utf8) }
    }

    private mutating func fill() -> Bool {
        let piece = connection.read()
        buffer += piece
        return !piece.isEmpty
    }
}
