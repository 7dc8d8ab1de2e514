import Hummingbird
import HummingbirdTesting
import Testing

@testable import RegistryServer

/// `/metrics` at an address of its own.
@Suite(.timeLimit(.minutes(1))) struct MetricsServerTests {
    @Test func itServesMetricsWithoutACredentialAndNothingElse() async throws {
        try await TestServer.withRegistry { registry in
            let application = RegistryServer.buildMetricsApplication(
                registry: registry, host: "127.0.0.1", port: 0, options: RegistryServerOptions(),
                logger: TestServer.logger)
            try await application.test(.live) { client in
                let answer = try await client.get("/metrics")
                #expect(answer.status == 200 && answer.header("Content-Type")?.hasPrefix("text/plain") == true)
                #expect(answer.text.contains("configbus_store_up 1\n"))
                for path in ["/", "/stats", "/health", "/api/configs", "/api/configs/s", "/openapi.yaml", "/metrics/x"]
                {
                    #expect(try await client.get(path).status == 404, "\(path)")
                }
                #expect(try await client.call(.post, "/metrics", "{}").status >= 400)
            }
        }
    }
}
