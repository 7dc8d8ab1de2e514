import ConfigModel
import ConfigSignatures
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// Files of private and public keys, and a store that wants its versions signed.
    @Suite struct KeyFileTests {
        @Test func aPublicKeyIsRefusedWhereAPrivateOneIsNeededByNameAndBeforeAnythingIsOpened() async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                let key = try TrustedKeys(parsing: String(contentsOfFile: keys.public, encoding: .utf8)).keys[0]
                let bare = bench.path("bare.pub")
                try "\(key.text)\n".write(toFile: bare, atomically: true, encoding: .utf8)
                for file in [keys.public, bare] {
                    let serve = try await bench.configbus(
                        "serve", "--port", "0", "--data-dir", bench.path("data"), "--signing-key", file)
                    #expect(serve.status == .exited(2) && serve.errors.contains(file))
                    #expect(!FileManager.default.fileExists(atPath: bench.path("data")))
                    let list = try await bench.configbus("keys", "list", file)
                    #expect(list.status == .exited(1) && list.output == "" && list.errors.contains("--trusted"))
                    let trusted = try await bench.configbus("keys", "list", "--trusted", file)
                    #expect(trusted.status == .exited(0) && trusted.output.contains(key.text))
                }
            }
        }

        @Test func aPrivateKeyIsRefusedWherePublicOnesAreMeantAndNeverShown() async throws {
            try await withBench { bench in
                let file = try await bench.keys().private
                let text = try String(contentsOfFile: file, encoding: .utf8)
                let seed = try #require(text.split(whereSeparator: \.isWhitespace).last)
                for arguments in [
                    ["keys", "list", "--trusted", file], ["keys", "list", "--trusted", "--output", "json", file],
                    ["watch", "parsing", "--once", "--trusted-keys", file],
                    ["serve", "--port", "0", "--audit-keys", file],
                    ["audit", "verify", "--file", "none", "--public-key", file],
                ] {
                    let result = try await bench.configbus(arguments)
                    #expect(result.status == .exited(1) || result.status == .exited(2), "\(arguments)")
                    #expect(result.errors.contains(file), "\(arguments)")
                    #expect(!(result.output + result.errors).contains(seed))
                }
                let key = try RecordSigner(parsing: text).publicKey
                let own = try await bench.configbus("keys", "list", file)
                #expect(own.status == .exited(0) && own.output == key.keyFileLine + "\n")
            }
        }

        /// A flag that names a file of keys, and what its refusals say.
        struct Flag: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let arguments: [String]
            let wantsPrivate: Bool
            var owner = "the registry"

            func line(_ file: String) -> [String] { arguments.map { $0 == "FILE" ? file : $0 } }
        }

        static let flags = [
            Flag(
                testDescription: "serve --signing-key", arguments: ["serve", "--port", "0", "--signing-key", "FILE"],
                wantsPrivate: true),
            Flag(
                testDescription: "admin new-epoch --signing-key",
                arguments: ["admin", "new-epoch", "--data-dir", "none", "--signing-key", "FILE"], wantsPrivate: true),
            Flag(
                testDescription: "audit --signing-key",
                arguments: ["audit", "--amqp-uri", "amqp://127.0.0.1:9/", "--file", "none", "--signing-key", "FILE"],
                wantsPrivate: true),
            Flag(
                testDescription: "watch --trusted-keys", arguments: ["watch", "x", "--once", "--trusted-keys", "FILE"],
                wantsPrivate: false),
            Flag(
                testDescription: "serve --audit-keys", arguments: ["serve", "--port", "0", "--audit-keys", "FILE"],
                wantsPrivate: false, owner: "the audit"),
            Flag(
                testDescription: "audit verify --public-key",
                arguments: ["audit", "verify", "--file", "none", "--public-key", "FILE"], wantsPrivate: false,
                owner: "the audit"),
        ]

        @Test(arguments: flags)
        func eachFileOfKeysThatIsNotOfTheKindThatAFlagWantsIsRefusedByWhatItIs(flag: Flag) async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                let text = try String(contentsOfFile: keys.private, encoding: .utf8)
                let seed = try #require(text.split(whereSeparator: \.isWhitespace).last)
                let unmarked = bench.path("unmarked.key")
                try text.replacing("ed25519-private ", with: "").write(
                    toFile: unmarked, atomically: true, encoding: .utf8)
                let empty = bench.path("empty")
                try "# nothing\n".write(toFile: empty, atomically: true, encoding: .utf8)
                let private_ = "this is a private key, which belongs to \(flag.owner) alone"
                let cases =
                    flag.wantsPrivate
                    ? [(keys.public, "this is a public key"), (unmarked, "nothing says that this is a private key")]
                    : [(keys.private, private_), (unmarked, private_)]
                for (file, reason) in cases + [(empty, "there is no key in it"), (bench.path("gone"), "gone")] {
                    let result = try await bench.configbus(flag.line(file))
                    #expect(result.status == .exited(2) || result.status == .exited(1), "\(file)")
                    #expect(result.errors.contains(reason) && result.errors.contains(file), "\(result.errors)")
                    #expect(!(result.output + result.errors).contains(seed))
                }
            }
        }

        @Test func aRegistryWithoutTheKeyRefusesWritesToASignedStoreUntilTheOperatorTakesThatBack() async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                var registry = try await bench.startEmbedded(["--signing-key", keys.private])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await stop(registry)
                registry = try await bench.startEmbedded(["--log-level", "critical"])
                #expect(registry.process.errors.text.contains("serve: The store takes signed versions only"))
                #expect(try await registry.status() == .degraded)
                let doctor = try await bench.configbus("doctor", at: registry)
                #expect(doctor.status == .exited(3) && doctor.output.contains("FAIL  signing: The store takes signed"))
                let refused = try await bench.configbus(
                    "publish", "parsing", "-", "--environment", "prod", at: registry, input: "{}")
                #expect(refused.status == .exited(1) && refused.errors.contains("configbus admin signing --off"))
                #expect(try await registry.history(of: bench.parsing).map(\.version) == [1])
                try await stop(registry)
                func signing(_ options: String...) async throws -> String {
                    try await bench.configbus(["admin", "signing", "--data-dir", bench.path("data")] + options).output
                }
                #expect(try await signing() == "signing: required\n")
                #expect(try await signing("--off") == "signing: off\n")
                #expect(try await signing("--required") == "signing: required\n")
                #expect(try await signing("--off") == "signing: off\n")
                registry = try await bench.startEmbedded()
                #expect(try await registry.publish(#"{"n": 2}"#, as: bench.parsing).signature == nil)
            }
        }

        @Test func aStoreWithoutASignedVersionSaysOptional() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                try await stop(registry)
                let result = try await bench.configbus("admin", "signing", "--data-dir", bench.path("data"))
                #expect(result.output == "signing: optional\n")
            }
        }

        private func stop(_ registry: RunningRegistry) async throws {
            registry.process.send(SIGTERM)
            _ = try await registry.process.waitForExit()
        }
    }
}
