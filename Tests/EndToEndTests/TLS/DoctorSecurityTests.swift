import ConfigModel
import Foundation
import TestSupport
import Testing

@testable import configbus

extension TLSTests {
    /// What `doctor` finds about encryption and secrets.
    @Suite struct DoctorSecurityTests {
        @Test(arguments: [(15, .good), (13, .warning), (0, .warning), (-1, .warning)] as [(Int64, Finding.Status)])
        func aCertificateThatEndsWithin14DaysIsToBeReplaced(_ days: Int64, _ status: Finding.Status) {
            let now = Timestamp(milliseconds: 1_800_000_000_000)
            let end = Timestamp(milliseconds: now.milliseconds + days * 86_400_000)
            let finding = SecurityChecks.certificate(of: "https://registry.example", ends: end, now: now)
            #expect(finding.status == status && finding.detail.contains("\(end)"))
        }

        @Test func theCertificatesEndIsSaid() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                let result = try await world.bench.configbus("doctor", at: registry, environment: world.trust)
                #expect(result.status == .exited(0))
                #expect(
                    result.output.contains("ok    certificate: The certificate of \(registry.url) ends at 2099-12-31"))
            }
        }

        @Test func whatIsNotEncryptedAndSecretsThatAreNoneAreNamedWithoutTheSecrets() async throws {
            try await TLSWorld.with { world in
                let token = world.bench.path("token")
                try "s3cret".write(toFile: token, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: token)
                let result = try await world.bench.configbus(
                    "doctor", "--url", "http://registry.invalid", "--timeout", "1s", "--allow-plaintext",
                    "--token-file", token, "--amqp-uri", "amqp://user:passw0rd@broker.invalid/")
                for check in ["encryption", "broker encryption", "password", "secret file"] {
                    #expect(result.output.contains("warn  \(check): "), "\(check)")
                }
                #expect(!result.output.contains("s3cret") && !result.output.contains("passw0rd"))
            }
        }
    }
}
