import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// `compose/init`, before which nothing of compose runs.
    @Suite struct ComposeInitTests {
        @Test func whatItMakesIsReadableForItsUserAloneAndNoTwoInstallationsShareAnything() async throws {
            try await withBench(on: nil) { bench in
                let first = try await bench.composeSecrets("first")
                let second = try await bench.composeSecrets("second")
                let (files, others) = (try first.files(), try second.files())
                #expect(files.keys.sorted() == others.keys.sorted() && files.count > 20)
                for (name, bytes) in files {
                    #expect(try mode(first.path(name)) == 0o600, "\(name)")
                    #expect(bytes != others[name], "\(name)")
                    #expect(!bytes.isEmpty)
                }
                #expect(try mode(first.directory) == 0o700)
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: bench.directory).sorted() == [
                        "first", "second",
                    ])
            }
        }

        @Test func aSecondRunChangesNothingAndRenewMakesCertificatesUnderTheSameAuthorityAndNothingElse() async throws {
            try await withBench(on: nil) { bench in
                let secrets = try await bench.composeSecrets()
                let before = try secrets.files()
                let again = try await bench.composeInit()
                #expect(again.status == .exited(0) && again.errors.contains("nothing was changed"))
                #expect(try secrets.files() == before)

                let renewed = try await bench.composeInit("secrets", "--renew", "config.example.com", "10.0.0.7")
                #expect(renewed.status == .exited(0))
                let changed = try secrets.files().filter { $0.value != before[$0.key] }.keys.sorted()
                #expect(
                    changed == [
                        "mongodb-both.pem", "mongodb.key", "mongodb.pem", "proxy.key", "proxy.pem", "rabbitmq.key",
                        "rabbitmq.pem", "registry.key", "registry.pem",
                    ])
                #expect(try secrets.files().count == before.count)
                let names = try await bench.shell(
                    """
                    openssl verify -CAfile '\(secrets.path("ca.pem"))' '\(secrets.path("proxy.pem"))' >&2 &&
                    openssl x509 -in '\(secrets.path("proxy.pem"))' -noout -ext subjectAltName
                    """)
                #expect(names.status == .exited(0))
                #expect(names.output.contains("DNS:config.example.com, IP Address:10.0.0.7"))
            }
        }

        @Test(arguments: [["a b"], ["x,DNS:evil"], ["-x"], ["--renew"], ["$(id)"], ["good", ""]])
        func whatIsNoNameIsRefusedAndNothingIsMade(arguments: [String]) async throws {
            try await withBench(on: nil) { bench in
                let result = try await bench.result(
                    of: bench.start(
                        "\(repository)/compose/init", arguments,
                        environment: ["CONFIGBUS_COMPOSE_SECRETS": bench.path("secrets")]))
                #expect(result.status == .exited(arguments == ["--renew"] ? 1 : 2))
                #expect(result.errors.hasPrefix("error: "))
                #expect(try FileManager.default.contentsOfDirectory(atPath: bench.directory) == [])
            }
        }

        @Test func itsSigningKeysAreFilesOfTheProgramsOwnForm() async throws {
            try await withBench(on: nil) { bench in
                let secrets = try await bench.composeSecrets()
                for name in ["signing", "audit"] {
                    let shown = try await bench.configbus("keys", "list", secrets.path("\(name).key"))
                    #expect(shown.status == .exited(0))
                    let key = try #require(try secrets.text("\(name).pub").split(separator: " ").dropFirst().first)
                    #expect(shown.output.contains(key))
                }
            }
        }

        @Test func aRegistryServesSignedVersionsWithThem() async throws {
            try await withBench { bench in
                let secrets = try await bench.composeSecrets()
                let registry = try await bench.startEmbedded([
                    "--signing-key", secrets.path("signing.key"), "--audit-keys", secrets.path("audit.pub"),
                ])
                let record = try await registry.publish("{}", as: bench.parsing)
                #expect(record.signature != nil)
            }
        }

        private func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
    }
}
