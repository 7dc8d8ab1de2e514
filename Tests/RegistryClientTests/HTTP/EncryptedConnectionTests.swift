import ConfigModel
import Foundation
import NIOCore
import NIOHTTP1
import RegistryAPI
import RegistryClientTLS
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
            #expect(error.code == .tlsFailed)
            #expect(
                error.message.contains(isTrusted ? "is for another name" : "is not signed by a CA that is trusted here")
            )
        }
    }

    @Test(arguments: [true, false])
    func aCertificateThatIsNotValidAtTheMomentIsNamedWithItsTime(_ hasEnded: Bool) async throws {
        try await TemporaryDirectory.with { directory in
            let authority = try await TestAuthority(in: directory.path)
            let made = try await authority.issue("server", hasEnded ? .ended : .later)
            try await EncryptedServer.with(made) { server in
                let error = try await failure { () throws(RegistryClientError) in
                    try await answer(of: server, trusting: authority.certificate)
                }
                #expect(error.code == .tlsFailed)
                #expect(error.message.contains(hasEnded ? "ended at 2021-01-01" : "is not valid before 2098-01-01"))
            }
        }
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"], [nil, "foreign", "ended"] as [String?])
    func aServerThatRefusesTheClientsCertificateIsQuotedInBothVersionsOfTLS(_ version: String, _ kind: String?)
        async throws
    {
        try await TemporaryDirectory.with { directory in
            let authority = try await TestAuthority(in: directory.path)
            let foreign = try await TestAuthority("foreign", in: directory.path)
            var tls = RegistryTLS(caFile: authority.certificate)
            if let kind {
                let own = try await (kind == "foreign" ? foreign : authority).issue(
                    "client", kind == "ended" ? .ended : .now)
                (tls.clientCertificateFile, tls.clientKeyFile) = (own.certificate, own.key)
            }
            let options = [
                version, "-Verify", "1", "-verify_return_error", "-CAfile", authority.certificate,
            ]
            try await EncryptedServer.with(try await authority.issue("server"), options) { server in
                let transport = try NIOTransport(RegistryURL(server.url), tls: tls)
                await #expect {
                    try await transport.call(RegistryRequest(path: "/"), within: .seconds(30))
                } throws: { error in
                    guard case .insecure(let reason)? = error as? TransportFailure else { return false }
                    return reason.contains("client certificate")
                }
            }
        }
    }

    @Test func aClientCertificateIsShownAndReadAgainAtTheNextConnection() async throws {
        try await TemporaryDirectory.with { directory in
            let authority = try await TestAuthority(in: directory.path)
            let (old, new) = (try await authority.issue("old", .ended), try await authority.issue("new"))
            let tls = RegistryTLS(
                caFile: authority.certificate, clientCertificateFile: "\(directory.path)/client.pem",
                clientKeyFile: "\(directory.path)/client.key")
            func install(_ pair: TestCertificate) throws {
                for (source, place) in [(pair.certificate, "client.pem"), (pair.key, "client.key")] {
                    let text = try String(contentsOfFile: source, encoding: .utf8)
                    try text.write(toFile: "\(directory.path)/\(place)", atomically: true, encoding: .utf8)
                }
            }
            try install(old)
            let options = ["-Verify", "1", "-verify_return_error", "-CAfile", authority.certificate]
            try await EncryptedServer.with(try await authority.issue("server"), options) { server in
                let transport = try NIOTransport(RegistryURL(server.url), tls: tls)
                await #expect(throws: TransportFailure.self) {
                    try await transport.call(RegistryRequest(path: "/"), within: .seconds(30))
                }
                try install(new)
                #expect(try await transport.call(RegistryRequest(path: "/"), within: .seconds(30)).status == 200)
            }
        }
    }

    @Test func aServerOfTLS11IsNotTalkedTo() async throws {
        try await TemporaryDirectory.with { directory in
            let authority = try await TestAuthority(in: directory.path)
            let options = ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]
            try await EncryptedServer.with(try await authority.issue("server"), options) { server in
                let error = try await failure { () throws(RegistryClientError) in
                    try await answer(of: server, trusting: authority.certificate)
                }
                #expect(error.code == .tlsFailed)
                #expect(error.message.contains("neither TLS 1.2 nor TLS 1.3"))
            }
        }
    }

    @Test func filesThatCannotBeUsedAreRefusedWhenTheClientIsMade() async throws {
        try await TemporaryDirectory.with { directory in
            let rubbish = "\(directory.path)/rubbish.pem"
            try "rubbish".write(toFile: rubbish, atomically: true, encoding: .utf8)
            for tls in [
                RegistryTLS(caFile: rubbish), RegistryTLS(caFile: rubbish + ".missing"),
                RegistryTLS(clientCertificateFile: rubbish, clientKeyFile: rubbish),
                RegistryTLS(clientCertificateFile: rubbish), RegistryTLS(clientKeyFile: rubbish),
            ] {
                let error = #expect(throws: RegistryClientError.self) {
                    try RegistryClient(url: "https://localhost", tls: tls)
                }
                #expect(error?.code == .invalidRequest)
            }
        }
    }

    @Test func anEncryptedAddressWithoutWhatEncryptsIsRefusedWithTheProductThatDoes() {
        let error = #expect(throws: RegistryClientError.self) { try RegistryClient(url: "https://localhost") }
        #expect(error?.code == .invalidRequest && error?.message.contains("RegistryClientTLS") == true)
    }

    @Test func whoDoesNotEncryptIsNotTalkedTo() async throws {
        let server = try ScriptedHTTPServer { _ in .hangUp }
        let client = try RegistryClient(
            url: server.url.replacing("http:", with: "https:"), tls: RegistryTLS(), timeout: .seconds(2))
        let error = try await failure { () throws(RegistryClientError) in try await client.statistics() }
        #expect([.unreachable, .tlsFailed].contains(error.code))
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
        try NIOTransport(RegistryURL(server.url), tls: RegistryTLS(caFile: certificate))
    }
}
