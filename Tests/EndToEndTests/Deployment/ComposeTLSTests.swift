import TestSupport
import Testing

extension CommandLineTests {
    /// The certificates that `compose/init` makes.
    @Suite struct ComposeTLSTests {
        @Test func aRegistryServesHTTPSWithThemToWhoTrustsTheirAuthority() async throws {
            try await withBench(on: nil) { bench in
                let secrets = try await bench.composeSecrets()
                let stranger = try await bench.composeSecrets("stranger")
                let arguments = try bench.serveArguments(store: .embedded(), bus: .inProcess)
                let registry = try await RunningRegistry(
                    bench.start(
                        arguments + [
                            "--tls-cert", secrets.path("registry.pem"), "--tls-key", secrets.path("registry.key"),
                        ]))
                #expect(registry.url.hasPrefix("https://127.0.0.1:"))
                for address in [registry.url, registry.url.replacing("127.0.0.1", with: "localhost")] {
                    let known = try await bench.configbus(
                        "health", "--url", address, "--ca-file", secrets.path("ca.pem"))
                    #expect(known.status == .exited(0))
                    #expect(known.output == "\(address) is ready\n")
                }
                let foreign = try await bench.configbus(
                    "health", "--url", registry.url, environment: ["CONFIGBUS_CA_FILE": stranger.path("ca.pem")])
                #expect(foreign.status == .exited(3))
                let untrusting = try await bench.configbus("health", "--url", registry.url)
                #expect(untrusting.status == .exited(3))
            }
        }
    }
}
