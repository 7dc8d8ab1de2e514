import Foundation
import TestSupport
import Testing

extension TLSTests {
    /// Every command ends with 3 and one sentence when the registry does not prove its name.
    @Suite struct UntrustedRegistryTests {
        enum Distrust: String, CaseIterable {
            case otherName, ended, otherAuthority

            var says: String {
                switch self {
                case .otherName: "its certificate is for another name"
                case .ended: "its certificate ended at 2021-01-01T00:00:00"
                case .otherAuthority: "its certificate is not signed by a CA that is trusted here"
                }
            }
        }

        private static let commands = [
            ["get", "parsing"], ["publish", "parsing"], ["set", "parsing", "a=1"], ["unset", "parsing", "a"], ["list"],
            ["history", "parsing"], ["diff", "parsing"], ["rollback", "parsing", "1"], ["delete", "parsing"],
            ["watch", "parsing", "--once", "--timeout", "2s"], ["doctor"],
        ]

        @Test(arguments: Distrust.allCases)
        func aRegistryThatDoesNotProveItsNameIsNotTalkedTo(_ distrust: Distrust) async throws {
            try await TLSWorld.with { world in
                // An ended certificate is served by another program: the registry does not start with it.
                let pair: TestCertificate
                switch distrust {
                case .otherName: pair = try await world.authority.issue("named", names: ["DNS:registry.example"])
                case .ended: pair = try await world.authority.issue("ended", .ended)
                case .otherAuthority:
                    pair = try await TestAuthority("other", in: world.bench.directory).issue("server")
                }
                let server = try world.bench.start(
                    TestAuthority.openssl,
                    ["s_server", "-accept", "127.0.0.1:0", "-cert", pair.certificate, "-key", pair.key, "-www"])
                let port = try await eventually("the port") {
                    server.output.text.split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }?.split(separator: ":")
                        .last
                }
                for command in Self.commands {
                    let result = try await world.bench.configbus(
                        command + ["--url", "https://127.0.0.1:\(port)"], input: "{}", environment: world.trust)
                    #expect(result.status == .exited(3), "\(command)")
                    #expect((result.errors + result.output).contains(distrust.says), "\(command): \(result.errors)")
                    if !["watch", "doctor"].contains(command[0]) {
                        #expect(result.errors.split(separator: "\n").count == 1)
                    }
                }
                let verified = try await world.bench.configbus(
                    "audit", "verify", "--file", world.bench.path("log"), "--public-key", "AAAA", "--head",
                    "https://127.0.0.1:\(port)", environment: world.trust)
                #expect(verified.errors.contains(distrust.says))
            }
        }

        @Test func aTokenIsNotSentWhereItCanBeReadUnlessThatIsAllowed() async throws {
            try await withBench(on: nil) { bench in
                try "secret-token".write(toFile: bench.path("token"), atomically: true, encoding: .utf8)
                for command in Self.commands {
                    let result = try await bench.configbus(
                        command + ["--url", "http://registry.example", "--token-file", bench.path("token")], input: "{}"
                    )
                    #expect(result.status == .exited(2), "\(command)")
                    #expect(result.errors.contains("--allow-plaintext") && !result.errors.contains("secret-token"))
                }
                let allowed = try await bench.configbus(
                    "list", "--url", "http://registry.invalid", "--token-file", bench.path("token"),
                    "--allow-plaintext", "--timeout", "2s")
                #expect(allowed.status == .exited(3))
            }
        }

        @Test func trustedKeysDoNotHelpAgainstWhatIsSentAgainSoThatTheyNeedAWayThatIsTrusted() async throws {
            try await withBench(on: nil) { bench in
                let keys = try await bench.keys()
                let result = try await bench.configbus(
                    "watch", "parsing", "--url", "http://registry.example", "--trusted-keys", keys.public)
                #expect(result.status == .exited(2) && result.errors.contains("--allow-plaintext"))
            }
        }

        @Test func aSecretThatEveryUserCanReadIsNamedOnce() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                try "secret-token".write(toFile: world.bench.path("token"), atomically: true, encoding: .utf8)
                for (mode, isNamed) in [(0o644, true), (0o640, false), (0o600, false)] {
                    try FileManager.default.setAttributes(
                        [.posixPermissions: mode], ofItemAtPath: world.bench.path("token"))
                    let result = try await world.bench.configbus(
                        "list", "--token-file", world.bench.path("token"), at: registry, environment: world.trust)
                    #expect(result.status == .exited(0))
                    let lines = result.errors.split(separator: "\n").filter { $0.contains(world.bench.path("token")) }
                    #expect(lines.count == (isNamed ? 1 : 0))
                    #expect(!result.errors.contains("secret-token"))
                }
            }
        }
    }
}
