import Foundation
import RegistryAPI
import TestSupport
import Testing

extension TLSTests {
    /// Which starts are refused, and who may connect.
    @Suite struct TLSStartTests {
        @Test(
            arguments: [
                (["--tls-cert", "CERT"], 2, "--tls-key"), (["--tls-key", "KEY"], 2, "--tls-cert"),
                (["--tls-client-ca", "CA"], 2, "--tls-cert"), (["--tls-client-auth", "required"], 2, "--tls-cert"),
                (["--tls-cert", "CERT", "--tls-key", "KEY", "--tls-client-auth", "required"], 2, "--tls-client-ca"),
                (
                    ["--tls-cert", "CERT", "--tls-key", "KEY", "--tls-client-ca", "CA", "--tls-client-auth", "no"], 2,
                    "optional or required"
                ),
                (["--tls-cert", "missing.pem", "--tls-key", "KEY"], 1, "missing.pem"),
                (["--tls-cert", "CERT", "--tls-key", "CERT"], 1, "no private key"),
                (["--behind-tls-proxy", "everyone"], 2, "10.0.0.0/8"),
                (["--tls-cert", "CERT", "--tls-key", "KEY", "--host", "0.0.0.0", "--auth", "off"], 2, "0.0.0.0"),
                (["--host", "0.0.0.0", "--auth", "required"], 2, "--tls-cert"),
                (["--behind-tls-proxy", "127.0.0.1/32", "--auth", "off"], 2, "--behind-tls-proxy"),
            ] as [([String], Int32, String)])
        func optionsThatDoNotGoTogetherAreRefusedWithWhatIsMissing(_ options: [String], _ code: Int32, _ says: String)
            async throws
        {
            try await TLSWorld.with { world in
                let files = ["CERT": world.certificate, "KEY": world.key, "CA": world.authority.certificate]
                let result = try await world.bench.configbus(
                    world.bench.serveArguments(store: .embedded(), bus: .inProcess) + options.map { files[$0] ?? $0 })
                #expect(result.status == .exited(code))
                #expect(result.errors.contains(says))
                #expect(!FileManager.default.fileExists(atPath: world.bench.path("data")))
            }
        }

        @Test func theSettingsMayStandInTheEnvironmentAndInAFile() async throws {
            try await TLSWorld.with { world in
                try "tls-cert: \(world.certificate)\n".write(
                    toFile: world.bench.path("serve.yaml"), atomically: true, encoding: .utf8)
                let process = try world.bench.start(
                    world.bench.serveArguments(store: .embedded(), bus: .inProcess)
                        + ["--config", world.bench.path("serve.yaml")], environment: ["CONFIGBUS_TLS_KEY": world.key])
                let registry = try await RunningRegistry(process, tls: world.tls)
                #expect(try await registry.status() == .healthy)
            }
        }

        @Test func behindAProxyOnlyTheProxyMayConnect() async throws {
            try await withBench(on: nil) { bench in
                let registry = try await bench.startEmbedded(["--behind-tls-proxy", "127.0.0.1/32"])
                #expect(try await registry.status() == .healthy)
                let other = try TestSocket.connect(port: registry.port, from: "127.0.0.2")
                other.write(Array("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
                #expect(other.read() == [])
                #expect(try await registry.status() == .healthy)
            }
        }
    }
}
