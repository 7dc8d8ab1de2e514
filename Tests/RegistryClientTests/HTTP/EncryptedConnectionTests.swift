import ConfigModel
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import TestSupport
import Testing

@testable import RegistryClient

/// Against OpenSSL's own server.
@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: EncryptedServer.openssl), "openssl is not installed"),
    .timeLimit(.minutes(1)))
struct EncryptedConnectionTests {
    @Test func whoHasATrustedCertificateIsTalkedTo() async throws {
        try await EncryptedServer.with(name: "localhost") { server in
            let response = try await answer(of: server, trusting: server.certificate)
            #expect(response.status == 200 && !response.body.isEmpty)
        }
    }

    @Test func aStreamIsEncryptedToo() async throws {
        try await EncryptedServer.with(name: "localhost") { server in
            let connections = try connections(to: server, trusting: server.certificate)
            let (status, length) = try await connections.withStream(
                RegistryRequest(path: "/"), timeout: .seconds(30)
            ) { head, chunks in
                var length = 0
                for try await chunk in chunks { length += chunk.readableBytes }
                return (head.status.code, length)
            }
            #expect(status == 200 && length > 0)
        }
    }

    @Test(
        "a certificate that is not trusted, or of another name, means that nothing was sent",
        arguments: [("localhost", false), ("another.example", true)])
    func refused(_ name: String, _ isTrusted: Bool) async throws {
        try await EncryptedServer.with(name: name) { server in
            let error = try await failure { () throws(RegistryClientError) in
                try await answer(of: server, trusting: isTrusted ? server.certificate : nil)
            }
            #expect(error.code == .unreachable)
            #expect(error.message.contains("certificate"))
        }
    }

    @Test func whoDoesNotEncryptIsNotTalkedTo() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        let client = try RegistryClient(url: server.url.replacing("http:", with: "https:"), timeout: .seconds(2))
        let error = try await failure { () throws(RegistryClientError) in try await client.statistics() }
        #expect([.unreachable, .interrupted].contains(error.code))
        #expect(server.requests.isEmpty)
    }

    private func answer(
        of server: EncryptedServer, trusting certificate: String?
    ) async throws(RegistryClientError) -> RegistryResponse {
        try await connections(to: server, trusting: certificate).call(RegistryRequest(path: "/"), timeout: .seconds(30))
    }

    private func connections(
        to server: EncryptedServer, trusting certificate: String?
    ) throws(RegistryClientError) -> RegistryConnections {
        var encryption = TLSConfiguration.makeClientConfiguration()
        if let certificate { encryption.trustRoots = .file(certificate) }
        return try RegistryConnections(RegistryURL(server.url), token: nil, encryption: encryption)
    }
}
