import RegistryClient
import TestSupport
import Testing

/// `serve --metrics-address`.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct MetricsAddressTests {
    @Test func metricsAreServedAtAnAddressOfTheirOwn() async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded(["--auth", "required", "--metrics-address", "127.0.0.1:0"])
            let place = try await eventually("the address of the metrics") {
                registry.process.errors.text.firstMatch(of: /serve: metrics at (http:\/\/127\.0\.0\.1:\d+)\/metrics/)
                    .map { String($0.1) }
            }
            #expect(place != registry.url)
            // It is there, and is no registry.
            let error = await #expect(throws: RegistryClientError.self) {
                try await RegistryClient(url: place).statistics()
            }
            #expect(error?.status == 404)
            let taken = try await bench.configbus(
                "serve", "--port", "0", "--data-dir", bench.path("other"), "--metrics-address",
                String(place.dropFirst("http://".count)))
            #expect(taken.status == .exited(3) && taken.errors.contains("--metrics-address"))
        }
    }

    @Test(arguments: [
        "9100", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "::1:9100", ":9100",
    ])
    func anAddressThatIsNoneIsRefused(_ address: String) async throws {
        try await withBench(on: nil) { bench in
            let result = try await bench.configbus(
                "serve", "--port", "0", "--data-dir", bench.path("data"), "--metrics-address", address)
            #expect(result.status == .exited(2) && result.errors.contains("--metrics-address"), "\(result.errors)")
        }
    }
}
