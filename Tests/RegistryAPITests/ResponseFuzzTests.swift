import ConfigModel
import RegistryAPI
import TestSupport
import Testing

/// Whatever a registry, or what stands between, sends: reading it ends with a value or an error.
@Suite(.timeLimit(.minutes(60))) struct ResponseFuzzTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, [#"{"text":"a\nb: é"}"#, nil])
    }

    @Test func anEventStreamIsTheSameWholeAndInPieces() async {
        let corpus = [
            "event: config.updated\nid: prod/parsing@7\ndata: {\"a\":1}\n\n: proof 12\n\n",
            "data: a\r\ndata:b\r\rid\n\n\u{feff}data: c\n\n",
            "\u{feff}event: e\n\ndata\n\nretry: 5\ndata: é\n\n",
        ]
        await Fuzz.run("event streams", corpus: corpus, rounds: 8_000) { bytes in
            let whole = Self.items(of: [bytes[...]])
            let middle = bytes.count / 2
            #expect(whole == Self.items(of: [bytes[..<middle], bytes[middle...]]), "\(bytes)")
            #expect(whole == Self.items(of: bytes.indices.map { bytes[$0...$0] }), "\(bytes)")
        }
    }

    /// What was read before the stream could not be read any more, and why it could not.
    private static func items(of pieces: [ArraySlice<UInt8>]) -> [String] {
        var parser = ServerSentEventParser(limit: 4_096)
        var items: [String] = []
        for piece in pieces {
            do {
                items += try Array(piece).withUnsafeBytes { bytes throws(ServerSentEventParser.Failure) in
                    try parser.read(bytes)
                }.map { "\($0)" }
            } catch {
                // How far a piece was read before it failed depends on where it begins.
                return ["\(error)"]
            }
        }
        return items
    }

    @Test func messagesOfAWatchAreTheSameWholeAndInPieces() async throws {
        let frames = chain.records.map { record in
            let event = ConfigEvent(record)
            let data = String(decoding: LineSafeJSON.bytes(event.jsonBytes), as: UTF8.self)
            return
                "event: \(event.routingKey)\nid: \(key.environment)/\(key.service)@\(record.version)\ndata: \(data)\n\n"
        }
        let synced = "event: synced\ndata: {\"epoch\":\"\(RecordChain.firstEpoch)\",\"count\":2}\n\n: proof 1200\n\n"
        await Fuzz.run("watches", corpus: [frames.joined() + synced, synced]) { bytes in
            let whole = messages(of: [bytes[...]])
            #expect(whole == messages(of: [bytes[..<(bytes.count / 2)], bytes[(bytes.count / 2)...]]), "\(bytes)")
        }
    }

    private func messages(of pieces: [ArraySlice<UInt8>]) -> [String] {
        var reader = WatchMessageReader(WatchSelection())
        var messages: [String] = []
        do {
            for piece in pieces {
                try Array(piece).withUnsafeBytes { try reader.append($0) }
                while let message = try reader.next() { messages.append("\(message)") }
            }
        } catch {
            // How much of a piece was read before it failed, and what was wrong first, depends on where it begins.
            return ["refused"]
        }
        return messages
    }

    @Test func links() async {
        let corpus = [#"</api/configs?limit=1&cursor=parsing%2Fprod>; rel="next""#, #"<?cursor=>; rel="next""#]
        await Fuzz.run("links", corpus: corpus, rounds: 10_000) { bytes in
            let link = String(decoding: bytes, as: UTF8.self)
            guard let cursor = try? PageLink.cursor(link) else { return }
            #expect(link.utf8.contains("cursor=".utf8) && cursor.utf8.count <= link.utf8.count)
        }
    }
}
