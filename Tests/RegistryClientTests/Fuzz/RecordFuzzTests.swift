import ConfigModel
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import RegistryClient

/// Whatever a registry says about documents: what is taken holds together, anything else is an error.
@Suite(.timeLimit(.minutes(60))) struct RecordFuzzTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, [#"{"text":"a\nb: é"}"#, nil])
    }

    @Test("messages of a watch are the same whole and in pieces")
    func watch() async throws {
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
        var reader = WatchReader(selection: WatchSelection(), url: "http://r")
        var messages: [String] = []
        do {
            for piece in pieces {
                try reader.append(ByteBuffer(bytes: piece))
                while let message = try reader.next() { messages.append("\(message)") }
            }
        } catch {
            // How much of a piece was read before it failed, and what was wrong first, depends on where it begins.
            return ["refused"]
        }
        return messages
    }

    @Test("an answer whose facts are headers")
    func head() async {
        let record = chain.records[0]
        let headers = Served.headers(of: record).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
        await Fuzz.run("heads", corpus: [headers + "Config-Record-Epoch: \(record.epoch)\nConfig-Damaged: a/b@1\n"]) {
            bytes in
            var headers = HTTPHeaders()
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
                guard parts.count == 2, parts[0].utf8.allSatisfy({ $0 < 0x80 }) else { continue }
                headers.add(name: parts[0], value: String(parts[1].drop { $0 == " " }))
            }
            _ = DamagedNames.read(headers.first(name: "Config-Damaged"))
            for status in [200, 304] {
                let response = RegistryResponse(status: status, headers: headers, body: record.content.bytes)
                let reader = HeadReader(response, key: key, url: "http://r")
                guard case .content(let served)? = try? reader.answer(askedFor: "\"1.1\"") else { continue }
                #expect(served.content == record.content && served.etag == served.epoch.etag(served.version))
            }
        }
    }

    @Test("answers to many questions, lists and differences")
    func lists() async throws {
        let client = try RegistryClient(url: "http://127.0.0.1:1")
        let record = chain.records[0]
        let text = String(decoding: record.jsonBytes, as: UTF8.self)
        let etag = #""etag":"\"\#(record.epoch.number).\#(record.version)\"","epoch":"\#(record.epoch)""#
        let corpus = [
            #"{"status":200,\#(etag),"record":\#(text)}"#, #"{"status":304,\#(etag)}"#, text,
            #"{"status":404,"problem":{"type":"/problems#unknown","title":"t","detail":"d","status":404}}"#,
            """
            {"service_name":"a","environment":"b","old_version":1,"new_version":2,"added":{},"removed":{},\
            "changed":{"c":{"old":1,"new":2}},"patch":[]}
            """,
        ]
        let question = HeadQuestion(key, ifNoneMatch: "\"1.1\"")
        await Fuzz.run("entries", corpus: corpus) { bytes in
            guard let value = try? JSONReader.read(bytes) else { return }
            let reader = BatchReader(question: question, client: client, statement: nil)
            if case .success(.content(let served)) = reader.result(value) {
                #expect(served.key == key && served.recordHash.utf8.count == record.recordHash.utf8.count)
            }
            guard case .object(let object) = value else { return }
            _ = try? HeadSummary(json: object)
            _ = try? VersionDiff(json: object)
        }
    }

    @Test func links() async throws {
        let client = try RegistryClient(url: "http://127.0.0.1:1")
        let corpus = [#"</api/configs?limit=1&cursor=parsing%2Fprod>; rel="next""#, #"<?cursor=>; rel="next""#]
        await Fuzz.run("links", corpus: corpus, rounds: 10_000) { bytes in
            let link = String(decoding: bytes, as: UTF8.self)
            let response = RegistryResponse(status: 200, headers: ["Link": link], body: [])
            guard let cursor = try? client.nextCursor(of: response) else { return }
            #expect(link.utf8.contains("cursor=".utf8) && cursor.utf8.count <= link.utf8.count)
        }
    }
}
