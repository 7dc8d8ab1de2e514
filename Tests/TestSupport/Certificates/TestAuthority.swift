#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A certificate and its key, PEM.
package struct TestCertificate: Sendable {
    package let certificate: String
    package let key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// A CA of one test, made with the program openssl.
package struct TestAuthority: Sendable {
    /// When a certificate is valid.
    package enum Validity: Sendable {
        case now
        case ended
        case later

        fileprivate var dates: [String] {
            switch self {
            case .now: ["-startdate", "20200101000000Z", "-enddate", "20991231000000Z"]
            case .ended: ["-startdate", "20200101000000Z", "-enddate", "20210101000000Z"]
            case .later: ["-startdate", "20980101000000Z", "-enddate", "20991231000000Z"]
            }
        }
    }

    package static let openssl = "/usr/bin/openssl"
    package static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: openssl) }

    /// The CA's own certificate, PEM.
    package let certificate: String
    private let key: String
    private let directory: String

    /// Makes a CA whose files lie in a directory that exists.
    ///
    /// - Parameter name: part of the files' names.
    package init(_ name: String = "ca", in directory: String) async throws {
        self.directory = "\(directory)/\(name)-files"
        certificate = "\(directory)/\(name).pem"
        key = "\(directory)/\(name).key"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: "\(self.directory)/index.txt"))
        let configuration = """
            [ca]
            default_ca = here
            [here]
            database = \(self.directory)/index.txt
            new_certs_dir = \(self.directory)
            default_md = sha256
            rand_serial = yes
            unique_subject = no
            policy = anything
            [anything]
            organizationName = optional
            commonName = optional
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(self.directory)/ca.conf"))
        try await Self.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650",
            "-subj", "/O=configbus tests/CN=\(name)", "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout",
            key, "-out", certificate,
        ])
    }

    /// Signs a certificate.
    ///
    /// - Parameters:
    ///   - file: the name of the files, without an ending.
    ///   - names: alternative names as OpenSSL writes them; none for a certificate with a common name alone.
    package func issue(
        _ file: String, subject: String = "/CN=configbus test",
        names: [String] = ["DNS:localhost", "IP:127.0.0.1"], _ validity: Validity = .now
    ) async throws -> TestCertificate {
        let made = TestCertificate(certificate: "\(directory)/\(file).pem", key: "\(directory)/\(file).key")
        let (request, extensions) = ("\(directory)/\(file).csr", "\(directory)/\(file).ext")
        try await Self.run([
            "req", "-utf8", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", subject,
            "-keyout",
            made.key, "-out", request,
        ])
        let alternatives = names.isEmpty ? "" : "subjectAltName = \(names.joined(separator: ","))\n"
        try Data("basicConstraints = CA:FALSE\n\(alternatives)".utf8).write(to: URL(fileURLWithPath: extensions))
        try await Self.run(
            [
                "ca", "-batch", "-notext", "-config", "\(directory)/ca.conf", "-cert", certificate, "-keyfile", key,
                "-in", request, "-extfile", extensions, "-out", made.certificate,
            ] + validity.dates)
        return made
    }

    private static func run(_ arguments: [String]) async throws {
        let process = try ChildProcess(openssl, arguments)
        guard try await process.waitForExit() == .exited(0) else {
            throw NoCertificate(transcript: process.transcript)
        }
    }
}

/// OpenSSL made no certificate.
private struct NoCertificate: Error, CustomStringConvertible {
    let transcript: String

    var description: String { transcript }
}
