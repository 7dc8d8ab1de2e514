import TestSupport
import Testing

@testable import ConfigBench

/// Another database in a MongoDB URI: a URI that can be read keeps its servers, whatever it looks like.
@Suite(.timeLimit(.minutes(60))) struct DatabaseURIFuzzTests {
    @Test func databaseURIs() async {
        let uris = ["mongodb://u:p@a:1,b/old?replicaSet=rs0", "mongodb+srv://a", "mongodb://a/?authSource=x#"]
        await Fuzz.run("database uris", corpus: uris) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let uri = try? MongoDatabaseURI.replacing(databaseOf: text, with: "first") else { return }
            #expect(uri.utf8.contains("/first".utf8))
            guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
            let again = try? MongoDatabaseURI.replacing(databaseOf: uri, with: "second")
            #expect(again == (try? MongoDatabaseURI.replacing(databaseOf: text, with: "second")))
        }
    }
}
