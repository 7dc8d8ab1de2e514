import ConfigModel
import NIOHTTP1
import RegistryAPI
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

    @Test func aResponseWhoseFactsAreHeaders() async {
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
            _ = DamagedNames(headers.first(name: "Config-Damaged"))
            for status in [200, 304] {
                let response = RegistryResponse(status: status, headers: headers, body: record.content.bytes)
                let reader = ServedHeadReader(response, key: key)
                guard case .content(let served)? = try? reader.head(ifNoneMatch: "\"1.1\"") else { continue }
                #expect(served.content == record.content && served.etag == served.epoch.etag(served.version))
            }
        }
    }

    @Test func responsesToManyRequestsListsAndDifferences() async throws {
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
        let document = DocumentRequest(key, ifNoneMatch: "\"1.1\"")
        await Fuzz.run("entries", corpus: corpus) { bytes in
            guard let value = try? JSONReader.read(bytes) else { return }
            let entry = Result { () throws(InvalidResponse) in try BatchGetResponse.Entry(value, to: document) }
            if case .success(.content(let served)) = client.result(entry, to: document, nil) {
                #expect(served.key == key && served.recordHash.utf8.count == record.recordHash.utf8.count)
            }
            guard case .object(let object) = value else { return }
            _ = try? HeadSummary(json: object)
            _ = try? VersionDiff(json: object)
        }
    }
}
