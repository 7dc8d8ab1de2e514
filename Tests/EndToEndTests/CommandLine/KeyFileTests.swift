import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// Files of private and public keys, and a store that wants its versions signed.
    @Suite struct KeyFileTests {
        @Test("a public key is refused where a private one is needed, by name and before anything is opened")
        func publicForPrivate() async throws {
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

        @Test("a private key is refused where public ones are meant, and never shown")
        func privateForPublic() async throws {
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

        @Test("a registry without the key refuses writes to a signed store, until the operator takes that back")
        func signingRequired() async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                var registry = try await bench.startEmbedded(["--signing-key", keys.private])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await stop(registry)
                registry = try await bench.startEmbedded()
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
                registry = try await bench.startEmbedded()
                #expect(try await registry.publish(#"{"n": 2}"#, as: bench.parsing).signature == nil)
            }
        }

        private func stop(_ registry: RunningRegistry) async throws {
            registry.process.send(SIGTERM)
            _ = try await registry.process.waitForExit()
        }
    }
}
