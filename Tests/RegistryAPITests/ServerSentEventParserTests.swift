import RegistryAPI
import Testing

@Suite struct ServerSentEventParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let stream: String
        let items: [String]
        var testDescription: String { stream.debugDescription }
    }

    /// Items are written as `name|id|data` and `:comment`.
    static let cases: [Case] = [
        Case(stream: "data: a\n\n", items: ["message|-|a"]),
        Case(stream: "event: e\nid: 1\ndata: a\n\n", items: ["e|1|a"]),
        Case(stream: "event: e\r\nid: 1\r\ndata: a\r\n\r\n", items: ["e|1|a"]),
        Case(stream: "event: e\rid: 1\rdata: a\r\r", items: ["e|1|a"]),
        Case(stream: "data: a\ndata: b\ndata\ndata:c\n\n", items: ["message|-|a\nb\n\nc"]),
        Case(stream: "data:a\n\ndata:  b\n\n", items: ["message|-|a", "message|-| b"]),
        Case(stream: ": proof 12\n\n", items: [": proof 12"]),
        Case(stream: ":\n:x\n", items: [":", ":x"]),
        Case(stream: "\n\n\r\n", items: []),
        Case(stream: "event: e\n\ndata: a\n\n", items: ["message|-|a"]),
        Case(stream: "event: e\ndata: a\n\ndata: b\n\n", items: ["e|-|a", "message|-|b"]),
        Case(stream: "retry: 5\nother: x\nevent\ndata: a\n\n", items: ["message|-|a"]),
        Case(stream: "data: {\"k\":\"a:b\"}\n\n", items: ["message|-|{\"k\":\"a:b\"}"]),
        Case(stream: "\u{FEFF}data: a\n\ndata: é\n\n", items: ["message|-|a", "message|-|é"]),
        Case(stream: "data: a\n\ndata: unfinished\n", items: ["message|-|a"]),
        Case(stream: "data: a\r\n\r\n: c\r\ndata: b\r\n\r\n", items: ["message|-|a", ": c", "message|-|b"]),
    ]

    @Test(arguments: cases) func aStreamIsReadWhole(_ example: Case) throws {
        #expect(try items(of: [Array(example.stream.utf8)]) == example.items)
    }

    @Test(arguments: cases) func aStreamMayBeSplitAtEveryByte(_ example: Case) throws {
        let bytes = Array(example.stream.utf8)
        for split in bytes.indices {
            #expect(try items(of: [Array(bytes[..<split]), [], Array(bytes[split...])]) == example.items)
        }
        #expect(try items(of: bytes.map { [$0] }) == example.items)
    }

    @Test func aLineMayNotBeLongerThanTheLimit() throws {
        let field = "data: "
        var parser = ServerSentEventParser(limit: 16)
        #expect(try read("\(field)0123456789\n", &parser).isEmpty)
        #expect(throws: ServerSentEventParser.Failure.tooLong(limit: 16)) {
            try read("\(field)01234567890", &parser)
        }
    }

    @Test func theDataOfOneEventMayNotBeLongerThanTheLimit() throws {
        var parser = ServerSentEventParser(limit: 16)
        #expect(throws: ServerSentEventParser.Failure.tooLong(limit: 16)) {
            for _ in 0..<4 { _ = try read("data: 0123456\n", &parser) }
        }
    }

    @Test(arguments: ["event", "id"]) func aNameMustBeText(_ field: String) {
        var parser = ServerSentEventParser(limit: 100)
        #expect(throws: ServerSentEventParser.Failure.notText) {
            try parser.read(pieces: [Array("\(field): ".utf8) + [0xff, 0x0a]])
        }
    }

    private func read(_ text: String, _ parser: inout ServerSentEventParser) throws -> [ServerSentItem] {
        try parser.read(pieces: [Array(text.utf8)])
    }

    private func items(of pieces: [[UInt8]]) throws -> [String] {
        var parser = ServerSentEventParser(limit: 1_000)
        return try parser.read(pieces: pieces).map { item in
            switch item {
            case .comment(let text): ":" + String(decoding: text, as: UTF8.self)
            case .event(let event):
                "\(event.name)|\(event.id ?? "-")|" + String(decoding: event.data, as: UTF8.self)
            }
        }
    }
}

extension ServerSentEventParser {
    fileprivate mutating func read(pieces: [[UInt8]]) throws -> [ServerSentItem] {
        try pieces.flatMap { piece in try piece.withUnsafeBytes { try read($0) } }
    }
}
