import TestSupport
import Testing

@testable import MongoStore

/// Whatever the URI, reading it ends with a database or with a sentence that quotes no password.
@Suite(.timeLimit(.minutes(60))) struct MongoURIFuzzTests {
    @Test func uris() async {
        let corpus = [
            "mongodb://u%40x:S3cretWord@host1:27017,[::1]:1/db?replicaSet=rs0&maxPoolSize=5",
            "mongodb+srv://a.example/",
            "mongodb://%2Ftmp%2Fmongodb-27017.sock/?connectTimeoutMS=500&socketTimeoutMS=5000&retryWrites=false",
            "mongodb://host/?appName=a%20b&readPreference=primary&w=majority",
        ]
        await Fuzz.run("mongodb uris", corpus: corpus, rounds: 3_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(UnreadableURI) {
                let uri = try MongoURI.parse(text, options: MongoOptions())
                let (database, connections) = (uri.database, uri.connections)
                #expect(!database.isEmpty && connections >= 1 && !text.utf8.contains(0), "\(text.debugDescription)")
            } catch {
                #expect(!error.reason.contains("S3cretWord"), "\(error)")
            }
        }
    }
}
