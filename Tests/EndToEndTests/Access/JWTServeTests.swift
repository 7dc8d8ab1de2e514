import ConfigModel
import Foundation
import TestSupport
import Testing

/// Tokens of other issuers at a registry, by files that change while it runs.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct JWTServeTests {
    private static let settings = """
        issuers:
          - name: cluster
            iss: https://kubernetes.default.svc
            audiences: [configbus]
            jwks_file: keys/jwks.json
            rules:
              - claim: /kubernetes.io/namespace
                equals: prod
                grants: ["publisher:parsing/prod"]
        """

    /// The files of `--jwt` in a test's folder.
    private struct Files {
        let bench: TestBench

        var settings: String { bench.path("jwt.yaml") }

        init(_ bench: TestBench, _ signers: JWTSigner...) throws {
            self.bench = bench
            try FileManager.default.createDirectory(atPath: bench.path("keys"), withIntermediateDirectories: false)
            try JWTServeTests.settings.write(toFile: settings, atomically: true, encoding: .utf8)
            try write(signers.map(\.jwk).joined(separator: ","))
        }

        func write(_ keys: String) throws {
            try "{\"keys\":[\(keys)]}".write(toFile: bench.path("keys/jwks.json"), atomically: true, encoding: .utf8)
        }
    }

    /// A token as the cluster projects it into a pod.
    private func token(_ signer: JWTSigner, namespace: String = "prod", jti: String = "1") -> String {
        let now = Timestamp.now.milliseconds / 1_000
        return signer.token(
            #"{"iss":"https://kubernetes.default.svc","aud":["configbus"],"iat":\#(now),"exp":\#(now + 3_600),"#
                + #""jti":"\#(jti)","kubernetes.io":{"namespace":"\#(namespace)"},"#
                + #""sub":"system:serviceaccount:\#(namespace):parser"}"#)
    }

    private func run(
        _ arguments: String..., token: String, at registry: RunningRegistry, _ bench: TestBench
    ) async throws -> CommandResult {
        try await bench.configbus(arguments, at: registry, input: "{}", environment: ["CONFIGBUS_TOKEN": token])
    }

    @Test func theServiceAccountsOfAClusterAreIdentities() async throws {
        try await withBench(on: nil) { bench in
            let signer = JWTSigner.es256("k1")
            let files = try Files(bench, signer)
            let registry = try await bench.startEmbedded(["--jwt", files.settings])
            let token = token(signer)
            let identity = try await run("token", "whoami", "-o", "json", token: token, at: registry, bench).object()
            #expect(identity["identity"] == .string("cluster:system:serviceaccount:prod:parser"))
            #expect(identity["kind"] == .string("jwt"))
            let made = try await run(
                "publish", "parsing", "-", "--environment", "prod", "--author", "mallory", "-o", "json", token: token,
                at: registry, bench)
            #expect(try made.record().createdBy == "cluster:system:serviceaccount:prod:parser")
            let other = self.token(signer, namespace: "dev")
            let refused = try await run("get", "parsing", "--environment", "prod", token: other, at: registry, bench)
            #expect(refused.status == .exited(4) && refused.errors.contains("may not do this"))
            let forged = self.token(JWTSigner.es256("k1"))
            let wrong = try await run("token", "whoami", token: forged, at: registry, bench)
            #expect(wrong.status == .exited(4))
            for text in [token, other, forged] { #expect(!bench.transcript.contains(text)) }
        }
    }

    @Test func theFileThatIsShippedForKubernetesIsTaken() async throws {
        try await withBench(on: nil) { bench in
            let signer = JWTSigner.es256("k1")
            let files = try Files(bench, signer)
            let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            let shipped = folder.appending(path: "../../../kubernetes/components/service-account-tokens/jwt.yaml")
            try String(contentsOf: shipped, encoding: .utf8)
                .replacing("/etc/configbus/jwks/jwks.json", with: bench.path("keys/jwks.json"))
                .replacing("https://kubernetes.default.svc.cluster.local", with: "https://kubernetes.default.svc")
                .write(toFile: files.settings, atomically: true, encoding: .utf8)
            let registry = try await bench.startEmbedded(["--jwt", files.settings])
            let token = token(signer, namespace: "payments")
            let identity = try await run("token", "whoami", "-o", "json", token: token, at: registry, bench).object()
            #expect(identity["grants"] == .array([.string("reader:payments.#/prod")]))
        }
    }

    @Test func filesAreReadAgainAndWhatCannotBeUsedChangesNothing() async throws {
        try await withBench(on: nil) { bench in
            let (first, second) = (JWTSigner.es256("k1"), JWTSigner.edDSA("k2"))
            let files = try Files(bench, first)
            let registry = try await bench.startEmbedded(["--jwt", files.settings])
            let (old, new) = (token(first), token(second))
            func isTaken(_ token: String) async throws -> Bool {
                try await run("token", "whoami", token: token, at: registry, bench).status == .exited(0)
            }
            #expect(try await isTaken(old))
            #expect(try await !isTaken(new))
            try files.write("1")
            registry.process.send(SIGHUP)
            try await eventually("a line about the broken file") {
                registry.process.errors.text.contains("key 1 must be an object")
            }
            #expect(try await isTaken(old))
            try files.write(second.jwk)
            registry.process.send(SIGHUP)
            try await eventually("the new key") { try await isTaken(new) }
            #expect(try await !isTaken(old))
            #expect(registry.process.errors.text.ranges(of: "stay as they were").count == 1)
        }
    }

    @Test func aTokenIsDeniedByItsIdentifierOrItsIdentity() async throws {
        try await withBench(on: nil) { bench in
            let signer = JWTSigner.es256("k1")
            let file = bench.path("admin.token")
            let registry = try await bench.startEmbedded([
                "--jwt", try Files(bench, signer).settings, "--bootstrap-file", file,
            ])
            let admin = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
            let (one, two) = (token(signer), token(signer, jti: "2"))
            for token in [one, two] {
                #expect(try await run("token", "whoami", token: token, at: registry, bench).status == .exited(0))
            }
            _ = try await run("denial", "add", "--jti", "1", token: admin, at: registry, bench)
            #expect(try await run("token", "whoami", token: one, at: registry, bench).errors.contains("revoked"))
            #expect(try await run("token", "whoami", token: two, at: registry, bench).status == .exited(0))
            let name = "cluster:system:serviceaccount:prod:parser"
            _ = try await run("denial", "add", "--identity", name, token: admin, at: registry, bench)
            #expect(try await run("token", "whoami", token: two, at: registry, bench).status == .exited(4))
        }
    }

    @Test func aFileThatCannotBeUsedIsRefusedAtTheStart() async throws {
        try await withBench(on: nil) { bench in
            let files = try Files(bench, JWTSigner.es256("k1"))
            func start(_ arguments: String...) async throws -> CommandResult {
                try await bench.configbus(
                    try bench.serveArguments(store: .embedded(), bus: .inProcess) + arguments)
            }
            let off = try await start("--jwt", files.settings, "--auth", "off")
            #expect(off.status == .exited(2) && off.errors.contains("--jwt"))
            let alone = try await start("--tls-identities", files.settings)
            #expect(alone.status == .exited(2) && alone.errors.contains("--tls-client-ca"))
            let absent = try await start("--jwt", bench.path("absent.json"))
            #expect(absent.status == .exited(1) && absent.errors.contains("absent.json cannot be read"))
            try files.write(#"{"kid":"k1","kty":"EC"}"#)
            let broken = try await start("--jwt", files.settings)
            #expect(broken.status == .exited(1))
            for word in ["jwt.yaml", "issuer 'cluster'", "jwks.json", "key 'k1'", "\"alg\" is missing"] {
                #expect(broken.errors.contains(word), "\(broken.errors)")
            }
            let named = try await bench.configbus(
                try bench.serveArguments(store: .embedded(), bus: .inProcess),
                environment: ["CONFIGBUS_JWT": bench.path("jwt.txt")])
            #expect(named.status == .exited(1) && named.errors.contains(".yaml"))
        }
    }
}
