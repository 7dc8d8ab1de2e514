import Foundation
import RegistryClient
import RegistryClientTLS
import TestSupport
import Testing

/// Registries that speak TLS, on the embedded store; one test at a time.
@Suite(
    "TLS", .serialized, .timeLimit(.minutes(3)), .showsProcesses,
    .enabled(if: TestAuthority.isAvailable, "openssl is not installed"))
enum TLSTests {}

/// A test with a CA and the files of one server.
struct TLSWorld: Sendable {
    let bench: TestBench
    let authority: TestAuthority

    static func with(_ body: (TLSWorld) async throws -> Void) async throws {
        try await withBench(on: nil) { bench in
            let world = TLSWorld(bench: bench, authority: try await TestAuthority(in: bench.directory))
            try world.install(await world.authority.issue("server"))
            try await body(world)
        }
    }

    var certificate: String { bench.path("server.pem") }
    var key: String { bench.path("server.key") }
    var arguments: [String] { ["--tls-cert", certificate, "--tls-key", key] }
    var tls: RegistryTLS { RegistryTLS(caFile: authority.certificate) }
    /// For commands.
    var trust: [String: String] { ["CONFIGBUS_CA_FILE": authority.certificate] }

    func start(_ more: String...) async throws -> RunningRegistry {
        try await bench.startEmbedded(arguments + more, tls: tls)
    }

    /// Puts files in the place of the server's, the certificate first, each at once.
    func install(_ pair: TestCertificate) throws {
        try replace(certificate, with: pair.certificate)
        try replace(key, with: pair.key)
    }

    func replace(_ path: String, with source: String) throws {
        try String(contentsOfFile: source, encoding: .utf8).write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// The end of what `openssl s_client` said about a connection.
    func handshake(with registry: RunningRegistry, _ options: String...) async throws -> CommandResult {
        try await bench.result(
            of: bench.start(
                TestAuthority.openssl,
                [
                    "s_client", "-connect", "127.0.0.1:\(registry.port)", "-CAfile", authority.certificate,
                    "-verify_return_error", "-brief",
                ] + options))
    }

    /// The serial number of the certificate that a new connection sees.
    func serial(of registry: RunningRegistry) async throws -> String {
        let shown = try await bench.shell(
            "\(TestAuthority.openssl) s_client -connect 127.0.0.1:\(registry.port) </dev/null 2>/dev/null"
                + " | \(TestAuthority.openssl) x509 -noout -serial")
        #expect(shown.status == .exited(0))
        return shown.output
    }

    /// The serial number in a file.
    func serial(in certificate: String) async throws -> String {
        try await bench.shell("\(TestAuthority.openssl) x509 -noout -serial -in '\(certificate)'").output
    }

    /// One number of `/metrics`.
    func metric(_ name: String, of registry: RunningRegistry) async throws -> String? {
        let page = try await bench.shell(
            "printf 'GET /metrics HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'"
                + " | \(TestAuthority.openssl) s_client -quiet -ign_eof -connect 127.0.0.1:\(registry.port) 2>/dev/null"
        )
        return page.lines.first { $0.hasPrefix("configbus_\(name) ") }?.split(separator: " ").last.map(String.init)
    }
}
