import ConfigModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct StatusTests {
    @Test func healthTellsCountersAndDependencies() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            try await client.update("s", "{}")
            _ = try await client.get("/api/configs/s")
            let answer = try await client.get("/health")
            #expect(answer.status == 200)
            #expect(answer["status"] == "healthy")
            #expect(answer["service"] == "config-registry")
            #expect(answer["configs_created"] == 1)
            #expect(answer["configs_updated"] == 1)
            #expect(answer["configs_retrieved"] == 1)
            #expect(answer["version"] != nil)
            #expect(answer["notifications_sent"] != nil)
            #expect(answer["announce_lag_seconds"] != nil)
            guard case .object(let store)? = answer["store"], case .object(let bus)? = answer["bus"] else {
                Issue.record("no store or no bus in \(answer.text)")
                return
            }
            #expect(store["status"] == "available")
            #expect(bus["status"] == "connected")
            #expect(bus["exchange"] == nil, "there is no broker")
            guard case .object(let signing)? = answer["signing"] else {
                Issue.record("no signing in \(answer.text)")
                return
            }
            #expect(signing["status"] == "ready" && signing["rule"] == "optional")
        }
    }

    @Test(arguments: [("/health/live", "alive"), ("/health/ready", "ready")])
    func isAliveAndReady(_ uri: String, _ status: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.get(uri)
            #expect(answer.status == 200)
            #expect(answer.text == "{\"status\":\"\(status)\"}")
        }
    }

    @Test func statisticsAndMetricsCountTheSame() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            try await client.delete("s")
            #expect(try await client.get("/stats")["configs_deleted"] == 1)
            let metrics = try await client.get("/metrics")
            #expect(metrics.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            #expect(
                metrics.text.contains(
                    "# TYPE configbus_configs_deleted_total counter\nconfigbus_configs_deleted_total 1\n"))
            #expect(metrics.text.contains("configbus_store_up 1\n"))
            #expect(metrics.text.contains("configbus_bus_up 1\n"))
        }
    }
}
