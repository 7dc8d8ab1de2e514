import Foundation
import TestSupport

/// `openssl s_server` with a certificate of its own, which answers every `GET` with a page about the connection.
struct EncryptedServer {
    static let openssl = "/usr/bin/openssl"

    /// `https://localhost:<port>`, whatever the certificate says.
    let url: String
    /// The certificate's file.
    let certificate: String

    static func with(name: String, _ body: (EncryptedServer) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let (key, certificate) = ("\(directory.path)/key.pem", "\(directory.path)/certificate.pem")
            let request = try ChildProcess(
                openssl,
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out",
                    certificate,
                ])
            _ = try await request.waitForExit()
            try await with(TestCertificate(certificate: certificate, key: key), body: body)
        }
    }

    /// - Parameter options: more of them for `openssl s_server`.
    static func with(
        _ pair: TestCertificate, _ options: [String] = [], body: (EncryptedServer) async throws -> Void
    ) async throws {
        let server = try ChildProcess(
            openssl,
            ["s_server", "-accept", "127.0.0.1:0", "-cert", pair.certificate, "-key", pair.key, "-www"] + options)
        do {
            let port = try await eventually("the port of \(server.transcript)") {
                let line = server.output.text.split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }
                return line?.split(separator: ":").last
            }
            try await body(EncryptedServer(url: "https://localhost:\(port)", certificate: pair.certificate))
            try await server.kill9()
        } catch {
            try? await server.kill9()
            throw error
        }
    }
}
