import ConfigModel
import NIOHTTP1
import TestSupport
import Testing

@testable import RegistryClient

/// Whatever a registry, or what stands between, sends: reading it ends with a value or an error.
@Suite(.timeLimit(.minutes(60))) struct AnswerFuzzTests {
    @Test("an event stream is the same whole and in pieces")
    func eventStream() async {
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

    @Test func addresses() async {
        let corpus = ["http://127.0.0.1:8000", "https://registry.example/base/", "http://[::1]:80/a", "http://a:99999"]
        await Fuzz.run("registry addresses", corpus: corpus, rounds: 20_000) { bytes in
            guard let url = try? RegistryURL(String(decoding: bytes, as: UTF8.self)) else { return }
            #expect((try? RegistryURL(url.text))?.text == url.text && !url.host.isEmpty && !url.authority.isEmpty)
            _ = url.serverName
        }
    }

    @Test func problems() async {
        let corpus = [
            #"{"type":"/problems#conflict","title":"t","status":409,"detail":"d","version":7,"epoch":"1-x"}"#, "{}",
            "<html>",
        ]
        await Fuzz.run("problems", corpus: corpus) { bytes in
            for status in [404, 409, 503, 200] {
                let response = RegistryResponse(
                    status: status, headers: ["Content-Type": "application/problem+json", "Retry-After": "9"],
                    body: bytes)
                #expect(!ProblemReader.error(from: response, url: "http://r").message.isEmpty)
            }
        }
    }
}
