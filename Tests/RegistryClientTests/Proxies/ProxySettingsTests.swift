import Testing

@testable import RegistryClient

@Suite struct ProxySettingsTests {
    @Test(arguments: [
        ("http://registry.example", "", true), ("http://registry.example", "*", false),
        ("http://registry.example", "registry.example", false),
        ("http://Registry.Example", "registry.example", false),
        ("http://a.registry.example", "registry.example", false),
        ("http://a.registry.example", ".registry.example", false),
        ("http://a.registry.example", "*.registry.example", false),
        ("http://theregistry.example", "registry.example", true),
        ("http://registry.example", "other, registry.example", false),
        ("http://registry.example:8000", "registry.example:8000", false),
        ("http://registry.example:8000", "registry.example:80", true), ("http://10.1.2.3", "10.0.0.0/8", false),
        ("http://11.1.2.3", "10.0.0.0/8", true), ("http://10.1.2.3", "10.1.2.3", false),
        ("http://10.1.2.33", "1.2.33", true),
        ("http://10.1.2.3", "10.1.2.0/33", true), ("http://172.31.0.1", "172.16.0.0/12", false),
        ("http://172.32.0.1", "172.16.0.0/12", true),
        ("http://[fd00::1]", "fd00::/8", false), ("http://[fd00::1]:8000", "[fd00::1]:8000", false),
        ("http://[fd00::1]", "fd00:0::1", false),
        ("http://localhost", "", false), ("http://127.0.0.1:8000", "", false), ("http://127.9.9.9", "", false),
        ("http://[::1]:8000", "", false), ("http://registry.localhost", "", false),
    ])
    func aRegistryIsReachedDirectlyWhenItIsOnThisMachineOrExcepted(
        _ url: String, _ exceptions: String, _ isProxied: Bool
    ) throws {
        let settings = ProxySettings(http: "http://proxy:3128", exceptions: exceptions)
        let proxy = try settings.proxy(to: RegistryURL(url))
        #expect((proxy != nil) == isProxied)
    }

    @Test func eachSchemeHasItsProxy() throws {
        let settings = ProxySettings(http: "http://a:1", https: "http://b:2")
        #expect(try settings.proxy(to: RegistryURL("http://host"))?.port == 1)
        #expect(try settings.proxy(to: RegistryURL("https://host"))?.port == 2)
        #expect(try ProxySettings(https: "http://b:2").proxy(to: RegistryURL("http://host")) == nil)
        #expect(try ProxySettings.none.proxy(to: RegistryURL("https://host")) == nil)
        #expect(try ProxySettings(http: "").proxy(to: RegistryURL("http://host")) == nil)
    }

    @Test(
        arguments: [
            ("http://proxy:3128", "proxy", 3128, nil), ("proxy:3128", "proxy", 3128, nil),
            ("HTTP://proxy/", "proxy", 80, nil),
            ("http://[::1]:3128", "::1", 3128, nil), ("http://u:p%40ss@proxy:1", "proxy", 1, "Basic dTpwQHNz"),
            ("u@proxy:1", "proxy", 1, "Basic dTo="),
        ] as [(String, String, Int, String?)])
    func anAddressHasParts(_ text: String, _ host: String, _ port: Int, _ authorization: String?) throws {
        let proxy = try ProxyAddress(text, setting: "HTTP_PROXY")
        #expect(proxy.host == host && proxy.port == port && proxy.authorization == authorization)
    }

    @Test(arguments: [
        "https://proxy:1", "socks5://proxy:1", "http://", "http://proxy:x", "http://u:secret%zz@proxy",
        "http://proxy/path",
    ])
    func whatIsNoAddressIsRefusedWithoutShowingIt(_ text: String) {
        let error = #expect(throws: RegistryClientError.self) { try ProxyAddress(text, setting: "HTTPS_PROXY") }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.hasPrefix("HTTPS_PROXY must be http://") == true)
        #expect(error?.message.contains("secret") == false)
    }
}
