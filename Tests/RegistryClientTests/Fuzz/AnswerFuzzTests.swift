import ConfigModel
import NIOHTTP1
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryClient

/// Whatever a registry, or what stands between, sends: reading it ends with a value or an error.
@Suite(.timeLimit(.minutes(60))) struct AnswerFuzzTests {
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
