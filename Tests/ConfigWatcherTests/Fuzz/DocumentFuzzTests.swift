import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

/// Whatever a document holds, a watcher makes a value of it or says why it cannot.
@Suite("Documents and paths that are nearly right", .timeLimit(.minutes(60))) struct DocumentFuzzTests {
    private struct Settings: Codable, Sendable {
        let port: Int
        let ratio: Double
        let hostName: String?
        let limits: [String: Float]
        let flags: [Bool]
    }

    @Test(arguments: [KeyDecoding.useDefaultKeys, .convertFromSnakeCase])
    func documents(keys: KeyDecoding) async throws {
        let history = try TestHistory.numbered(1)
        let layers = DocumentLayers(main: DocumentVersion(history.version(1)), base: nil)
        let decoder = ConfigDecoder<Settings>.json(keys)
        let corpus = [
            #"{"port":5432,"ratio":2.50e+3,"host_name":"é\u0000","hostName":null,"limits":{"a":1e38,"":-0},"flags":[true]}"#,
            #"{"port":9223372036854775807,"ratio":5e-324,"limits":{"a_b__c":18446744073709551617},"flags":[]}"#,
        ]
        await Fuzz.run("documents \(keys)", corpus: corpus, rounds: 3_000) { bytes in
            guard let content = try? Content(parsing: bytes), let object = try? content.object else { return }
            let input = DecoderInput(
                key: history.key, layers: layers, content: content, object: LazyObject(content, object))
            do {
                let settings = try decoder.decode(input)
                #expect(settings.ratio.isFinite, "\(String(decoding: bytes, as: UTF8.self))")
            } catch {
                #expect(!"\(error)".isEmpty)
            }
        }
    }

    @Test(arguments: [
        ("a.\u{301}x", ["a", "\u{301}x"]), ("a..b", ["a", "", "b"]), ("/a~1b/", ["a/b", ""]), ("/~", ["/~"]),
    ])
    func path(text: String, tokens: [String]) {
        #expect(ConfigPath(text).tokens == tokens)
    }

    @Test func paths() async throws {
        let object = try Content(parsing: Array(#"{"db":{"hosts":["a",{"b":1}]},"é":{"":[]},"/~":2}"#.utf8)).object
        await Fuzz.run("paths", corpus: ["db.hosts.0", "/db/hosts/1/b", "/é/", "/~", "é."], rounds: 10_000) { bytes in
            let path = ConfigPath(String(decoding: bytes, as: UTF8.self))
            guard path.value(in: object) != nil else { return }
            #expect(ConfigPath(JSONPointer(tokens: path.tokens).description).tokens == path.tokens)
        }
    }
}
