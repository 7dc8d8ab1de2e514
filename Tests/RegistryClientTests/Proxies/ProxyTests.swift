import ConfigModel
import Foundation
import RegistryAPI
import RegistryClientTLS
import TestSupport
import Testing

@testable import RegistryClient

/// Calls through proxies on this machine, to registries that are said to be elsewhere.
@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test func aRequestThatIsNotEncryptedNamesItsServerAndTheCredentialsAreForTheProxy() async throws {
        let proxy = try ScriptedHTTPServer { [record] _ in Served.record(record) }
        let address = proxy.url.replacing("http://", with: "http://user:pass@")
        let client = try RegistryClient(url: "http://registry.example:8000/config", proxy: ProxySettings(http: address))
        for _ in 1...2 { #expect(try await client.version(1, of: key) == record) }
        let request = try #require(proxy.requests.first)
        #expect(
            request.target
                == "http://registry.example:8000/config/api/configs/parsing/versions/1?environment=prod")
        #expect(request.headers["host"] == "registry.example:8000")
        #expect(request.headers["proxy-authorization"] == "Basic dXNlcjpwYXNz")
        #expect(proxy.connectionCount == 1)
    }

    @Test func aWatchGoesThroughTheProxyToo() async throws {
        let proxy = try ScriptedHTTPServer { _ in .stream([.send(Array(": proof 5\n\n".utf8)), .stayOpen]) }
        let client = try RegistryClient(url: "http://registry.example", proxy: ProxySettings(http: proxy.url))
        let message = try await client.withWatch { messages in
            var iterator = messages.makeAsyncIterator()
            return try await iterator.next()
        }
        #expect(message == .proof(age: .milliseconds(5)))
        #expect(proxy.requests.first?.target == "http://registry.example/api/watch")
    }

    @Test func aRegistryOnThisMachineIsNeverReachedThroughAProxy() async throws {
        let proxy = try ScriptedHTTPServer { _ in .hangUp }
        let server = try ScriptedHTTPServer { [record] _ in Served.record(record) }
        let client = try RegistryClient(url: server.url, proxy: ProxySettings(http: proxy.url, https: proxy.url))
        #expect(try await client.version(1, of: key) == record)
        #expect(proxy.connectionCount == 0)
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: EncryptedServer.openssl), "openssl is not installed"))
    func anEncryptedConnectionGoesThroughAWayThatTheProxyOpens() async throws {
        try await EncryptedServer.with(name: "registry.example") { server in
            let port = try #require(server.url.split(separator: ":").last.flatMap { Int($0) })
            let proxy = try TunnelProxy(to: port)
            let transport = try NIOTransport(
                RegistryURL("https://registry.example"), credentials: .token("secret"),
                proxy: ProxyAddress("http://user:pass@\(proxy.address)", setting: "HTTPS_PROXY"),
                tls: RegistryTLS(caFile: server.certificate))
            let response = try await transport.call(RegistryRequest(path: "/"), within: .seconds(30))
            #expect(response.status == 200 && !response.body.isEmpty)
            let head = try #require(proxy.requests.first)
            #expect(head.hasPrefix("CONNECT registry.example:443 HTTP/1.1\r\nHost: registry.example:443\r\n"))
            #expect(head.contains("\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n") && !head.contains("secret"))
        }
    }

    @Test(arguments: ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"])
    func aProxyThatDoesNotOpenAWayIsNamedAndNothingWasSent(_ status: String) async throws {
        let proxy = try TunnelProxy(to: 1, refusal: status)
        let client = try RegistryClient(
            url: "https://registry.example", tls: RegistryTLS(), proxy: ProxySettings(https: "http://\(proxy.address)"))
        let error = try await failure { () throws(RegistryClientError) in
            try await client.create(record.content, as: key)
        }
        #expect(error.code == .unreachable)
        #expect(error.message.contains("(\(status))") && error.message.contains("the proxy \(proxy.address)"))
    }

    @Test func aProxyThatIsNotThereIsNamed() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        server.close()
        for (url, settings) in [
            ("http://registry.example", ProxySettings(http: server.url)),
            ("https://registry.example", ProxySettings(https: server.url)),
        ] {
            let client = try RegistryClient(url: url, tls: RegistryTLS(), proxy: settings)
            let error = try await failure { () throws(RegistryClientError) in try await client.statistics() }
            #expect(error.code == .unreachable)
            #expect(error.message.contains("the connection was refused, through the proxy 127.0.0.1:"))
        }
    }
}
