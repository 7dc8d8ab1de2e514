/// An incremental reader of `text/event-stream` (WHATWG HTML, 9.2), for bytes that arrive in pieces of any size.
package struct ServerSentEventParser: Sendable {
    /// Something that this reader does not take.
    package enum Failure: Error, Equatable {
        /// A line, or the data of one event, is longer than allowed.
        case tooLong(limit: Int)
        /// A field that must be text is not UTF-8.
        case notText
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var endedWithReturn = false
    private var isAtStart = true
    private var name: String?
    private var id: String?
    private var data: [UInt8]?

    /// Makes a reader that takes lines and events of at most `limit` bytes.
    package init(limit: Int) { self.limit = limit }

    /// Reads the next piece and returns the items that it completes.
    package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> [ServerSentItem] {
        var items: [ServerSentItem] = []
        var rest = bytes[...]
        // The second half of a CRLF that was split is no empty line.
        if endedWithReturn, rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        if !bytes.isEmpty { endedWithReturn = false }
        while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            try append(rest[..<end])
            if let item = try finishLine() { items.append(item) }
            let isReturn = rest[end] == UInt8(ascii: "\r")
            rest = rest[(end + 1)...]
            guard isReturn else { continue }
            if rest.isEmpty { endedWithReturn = true }
            if rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        }
        try append(rest)
        return items
    }

    private mutating func append(_ piece: Slice<UnsafeRawBufferPointer>) throws(Failure) {
        guard line.count + piece.count <= limit else { throw .tooLong(limit: limit) }
        line.append(contentsOf: piece)
    }

    /// Takes one whole line; an empty one completes an event.
    private mutating func finishLine() throws(Failure) -> ServerSentItem? {
        defer { line.removeAll(keepingCapacity: line.count <= 1 << 16) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
        }
        guard let first = line.first else { return finishEvent() }
        guard first != UInt8(ascii: ":") else { return .comment(Array(line.dropFirst())) }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch line[..<colon] {
        case Self.dataField: try appendData(value)
        case Self.eventField: name = try text(value)
        case Self.idField: id = try text(value)
        default: break
        }
        return nil
    }

    private mutating func appendData(_ value: ArraySlice<UInt8>) throws(Failure) {
        guard let before = data else {
            data = Array(value)
            return
        }
        guard before.count + value.count + 1 <= limit else { throw .tooLong(limit: limit) }
        data?.append(UInt8(ascii: "\n"))
        data?.append(contentsOf: value)
    }

    /// An event without data is none.
    private mutating func finishEvent() -> ServerSentItem? {
        defer { (name, id, data) = (nil, nil, nil) }
        guard let data else { return nil }
        return .event(ServerSentEvent(name: name.flatMap { $0.isEmpty ? nil : $0 } ?? "message", id: id, data: data))
    }

    private func text(_ value: ArraySlice<UInt8>) throws(Failure) -> String {
        guard let text = String(validating: value, as: UTF8.self) else { throw .notText }
        return text
    }

    private static let dataField = ArraySlice("data".utf8)
    private static let eventField = ArraySlice("event".utf8)
    private static let idField = ArraySlice("id".utf8)
}
