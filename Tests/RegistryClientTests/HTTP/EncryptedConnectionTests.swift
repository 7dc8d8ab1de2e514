import ConfigModel
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import RegistryAPI
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
            var length = 0
            try await connections.stream(RegistryRequest(path: "/"), within: .seconds(30)) { stream in
                #expect(stream.status == 200)
                for try await chunk in stream.chunks { length += chunk.readableBytes }
            }
            #expect(length > 0)
        }
    }

    @Test(arguments: [("localhost", false), ("another.example", true)])
    func aCertificateThatIsNotTrustedOrOfAnotherNameMeansThatNothingWasSent(_ name: String, _ isTrusted: Bool)
        async throws
    {
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
        let connections = try connections(to: server, trusting: certificate)
        do {
            return try await connections.call(RegistryRequest(path: "/"), within: .seconds(30))
        } catch {
            throw error.error(url: server.url, limit: 0)
        }
    }

    private func connections(
        to server: EncryptedServer, trusting certificate: String?
    ) throws(RegistryClientError) -> NIOTransport {
        var encryption = TLSConfiguration.makeClientConfiguration()
        if let certificate { encryption.trustRoots = .file(certificate) }
        return try NIOTransport(RegistryURL(server.url), token: nil, encryption: encryption)
    }
}
