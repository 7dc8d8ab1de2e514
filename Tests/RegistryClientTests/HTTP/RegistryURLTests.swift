import RegistryClientTLS
import Testing

@testable import RegistryClient

@Suite struct RegistryURLTests {
    @Test(arguments: [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"), ("https://registry.example", "https://registry.example"),
        ("http://[::1]:8000/", "http://[::1]:8000"), ("http://host/config//", "http://host/config"),
    ])
    func anAddressIsTakenWithoutSlashesAtTheEnd(_ text: String, _ url: String) throws {
        #expect(try RegistryClient(url: text, tls: RegistryTLS()).url == url)
    }

    @Test(arguments: [
        "", "127.0.0.1:8000", "ftp://host", "http://", "http:///path", "http://user:password@host", "http://host?x=1",
        "http://host#a", "http://ho st", "http://host\n", "http://hóst", "http://host:", "http://host:0",
        "http://host:65536", "http://host:x", "http://host:+80", "http://:8000", "http://::1", "http://[::1",
        "https://",
    ])
    func whatIsNoAddressIsRefusedWithASentence(_ text: String) {
        let error = #expect(throws: RegistryClientError.self) { try RegistryClient(url: text) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("is not a registry address") == true)
    }

    @Test(arguments: [
        ("http://host", "host", 80, "host", ""), ("https://host", "host", 443, "host", ""),
        ("https://host:443/a", "host", 443, "host", "/a"), ("http://host:443/a/b/", "host", 443, "host:443", "/a/b"),
        ("http://[::1]:8000", "::1", 8000, "[::1]:8000", ""), ("http://[::1]/a:b", "::1", 80, "[::1]", "/a:b"),
    ])
    func anAddressHasParts(_ text: String, _ host: String, _ port: Int, _ authority: String, _ path: String) throws {
        let url = try RegistryURL(text)
        #expect(url.host == host && url.port == port && url.authority == authority && url.path == path)
    }

    @Test(arguments: [
        ("https://registry.example", "registry.example"), ("https://127.0.0.1", nil), ("https://[::1]:8000", nil),
    ])
    func onlyANameIsShownInAHandshake(_ text: String, _ name: String?) throws {
        #expect(try RegistryURL(text).serverName == name)
    }

    @Test(arguments: ["", "a b", "a\nX: y", "tökén"])
    func aTokenThatCannotStandInAHeaderIsRefused(_ token: String) {
        let error = #expect(throws: RegistryClientError.self) {
            try RegistryClient(url: "http://127.0.0.1", credentials: .token(token))
        }
        #expect(error?.code == .invalidRequest)
    }
}
