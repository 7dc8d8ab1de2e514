import FoundationEssentials
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// What Prometheus and Grafana are given to read.
@Suite(
    .enabled(if: Promtool.isAvailable, "promtool (Debian package prometheus) is not installed"), .timeLimit(.minutes(2))
)
struct ObservabilityFilesTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../../observability").standardized

    private static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }

    @Test func prometheusHasNothingToSayAboutTheMetrics() async throws {
        try await TestServer.run(.live) { client in
            try await client.create("s")
            _ = try await client.get("/api/configs/s")
            let text = try await client.get("/metrics").text
            let complaints = try await Promtool.complaints(["check", "metrics"], input: text)
            #expect(complaints == "")
        }
    }

    @Test func theAlertsAreRulesAndFireWhenTheyShould() async throws {
        let rules = Self.folder.appending(path: "alerts.yaml").path
        let tests = Self.folder.appending(path: "alerts.test.yaml").path
        #expect(try await Promtool.complaints(["check", "rules", rules]) == "")
        #expect(try await Promtool.complaints(["test", "rules", tests]) == "")
    }

    @Test(
        .enabled(if: TestAuthority.isAvailable, "openssl is not installed"),
        arguments: ["alerts.yaml", "dashboard.json"])
    func everyMetricOfAFileIsThere(_ name: String) async throws {
        let named = Set(try Self.text(name).matches(of: /\b(?:configbus|process)_[a-z_]+/).map { String($0.0) })
        #expect(named.count > 10)
        try await TemporaryDirectory.with { directory in
            let made = try await TestAuthority(in: directory.path).issue("server", names: ["IP:127.0.0.1"])
            let files = ServerTLSFiles(certificate: made.certificate, key: made.key)
            var options = RegistryServerOptions()
            options.tls = try ServerTLS(files, logger: TestServer.logger)
            try await everyMetric(named, options)
        }
    }

    private func everyMetric(_ named: Set<String>, _ options: RegistryServerOptions) async throws {
        try await TestServer.withRegistry { registry in
            let application = try RegistryServer.buildApplication(registry: registry, logger: TestServer.logger)
            try await application.test(.router) { client in
                try await client.create("s")
                _ = try await client.get("/api/configs/s")
            }
            let metrics = RegistryServer.buildMetricsApplication(
                registry: registry, host: "127.0.0.1", port: 0, options: options, logger: TestServer.logger)
            try await metrics.test(.router) { client in
                let kinds = Scrape(try await client.get("/metrics").text).kinds
                let missing = named.filter { name in
                    kinds[name] == nil
                        && !["_bucket", "_sum", "_count"].contains { suffix in
                            name.hasSuffix(suffix) && kinds[String(name.dropLast(suffix.count))] == "histogram"
                        }
                }
                #expect(missing.isEmpty)
            }
        }
    }
}
