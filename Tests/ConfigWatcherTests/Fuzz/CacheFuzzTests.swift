import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

/// Whatever a cache file holds, reading it ends with documents that are written and read as the same, or with an error.
@Suite("Cache files that are nearly right", .timeLimit(.minutes(60))) struct CacheFuzzTests {
    @Test(arguments: [true, false])
    func cacheFile(hasRightHash: Bool) async throws {
        let main = try TestHistory.numbered(3, signer: try RecordSigner(seed: Array(0..<32)))
        let base = try TestHistory("parsing/default", contents: ["{\"big\":18446744073709551617,\"é\":1.0}"])
        let files = [
            DocumentLayers(main: DocumentVersion(main.version(3)), base: DocumentVersion(base.version(1))),
            DocumentLayers(main: DocumentVersion(main.version(1)), base: nil),
        ].map { CacheFormat.encode($0) }
        // Behind a right hash mistakes come further.
        let corpus = hasRightHash ? files.map { Array($0.drop { $0 != UInt8(ascii: "\n") }.dropFirst()) } : files
        try await Fuzz.run("cache files \(hasRightHash)", corpus: corpus) { (text) throws in
            let file = hasRightHash ? Array("configbus-cache-v1 \(SHA256Text.hash(text))\n".utf8) + text : text
            guard let layers = try? CacheFormat.decode(file) else { return }
            #expect(try CacheFormat.decode(CacheFormat.encode(layers)) == layers)
        }
    }
}
