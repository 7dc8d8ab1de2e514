import RegistryClient
import Testing

@Suite struct RegistryURLTests {
    @Test(arguments: [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"), ("https://registry.example", "https://registry.example"),
        ("http://[::1]:8000/", "http://[::1]:8000"), ("http://host/config//", "http://host/config"),
    ])
    func anAddressIsTakenWithoutSlashesAtTheEnd(_ text: String, _ url: String) throws {
        #expect(try RegistryClient(url: text).url == url)
    }

    @Test(arguments: [
        "", "127.0.0.1:8000", "ftp://host", "http://", "http:///path", "http://user:password@host", "http://host?x=1",
        "http://host#a", "http://ho st", "http://host\n", "http://hóst",
    ])
    func whatIsNoAddressIsRefusedWithASentence(_ text: String) {
        let error = #expect(throws: RegistryClientError.self) { try RegistryClient(url: text) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("is not a registry address") == true)
    }

    @Test(arguments: ["", "a b", "a\nX: y", "tökén"])
    func aTokenThatCannotStandInAHeaderIsRefused(_ token: String) {
        let error = #expect(throws: RegistryClientError.self) { try RegistryClient(url: "http://host", token: token) }
        #expect(error?.code == .invalidRequest)
    }
}
