import ConfigAccess
import ConfigModel
import NIOSSL
import TestSupport
import Testing

@testable import RegistryServer

/// What is read from the certificate of a client.
@Suite(.enabled(if: TestAuthority.isAvailable, "openssl is not installed"), .timeLimit(.minutes(1)))
struct ClientCertificateTests {
    @Test func alternativeNamesOfEachKindAreReadWithTheEnd() async throws {
        let peer = try await peer(
            "/O=configbus/CN=ignored",
            ["URI:spiffe://example.org/parsing", "DNS:a.example.org", "DNS:*.b.example.org", "IP:10.0.0.1"])
        #expect(peer.uris == ["spiffe://example.org/parsing"])
        #expect(peer.dnsNames == ["a.example.org", "*.b.example.org"])
        #expect(peer.commonName == "ignored" && peer.hasAlternativeNames)
        // 2099-12-31T00:00:00Z.
        #expect(peer.end.milliseconds == 4_102_358_401_000)
    }

    @Test(
        arguments: [
            ("/CN=worker 7", "worker 7"), ("/O=configbus", nil), ("/CN=one/CN=two", nil), ("/CN=Zürich", "Zürich"),
        ] as [(String, String?)])
    func aCommonNameCountsAsOneWhenThereIsOne(_ subject: String, _ name: String?) async throws {
        let peer = try await peer(subject, [])
        #expect(peer.commonName == name && !peer.hasAlternativeNames && peer.uris == [] && peer.dnsNames == [])
    }

    private func peer(_ subject: String, _ names: [String]) async throws -> ClientCertificate {
        try await TemporaryDirectory.with { directory in
            let made = try await TestAuthority(in: directory.path).issue("client", subject: subject, names: names)
            return try ClientCertificate(try #require(try NIOSSLCertificate.fromPEMFile(made.certificate).first))
        }
    }
}
