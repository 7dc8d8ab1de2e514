import TestSupport
import Testing

@testable import RegistryServer

/// Whatever stands in a `Host`, only loopback names are taken for some.
@Suite(.timeLimit(.minutes(60))) struct HostFuzzTests {
    @Test func hosts() async {
        await Fuzz.run("hosts", corpus: ["127.0.0.1:8000", "[::1]:1", "localhost"], rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard LoopbackAddress.containsHost(ofAuthority: text) else { return }
            let host = #/(localhost|\[::1\]|127(\.[0-9]{1,3}){3})(:[0-9]+)?/#
            #expect(text.lowercased().wholeMatch(of: host) != nil, "\(text.debugDescription)")
        }
    }
}
