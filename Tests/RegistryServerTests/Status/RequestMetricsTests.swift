import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// What the registry counts of requests, writes and the store.
@Suite(.timeLimit(.minutes(2))) struct RequestMetricsTests {
    private static let requests = "configbus_http_requests_total"
    private static let get = "route=\"/api/configs/{service}\",method=\"GET\""

    private func scrape(_ client: any TestClientProtocol) async throws -> Scrape {
        Scrape(try await client.get("/metrics").text)
    }

    @Test func everyRequestIsCountedWhereverItsResponseComesFrom() async throws {
        try await TestServer.run(.live, headLifetime: .seconds(60)) { client in
            try await client.create("s")
            let tag = try #require(try await client.get("/api/configs/s").header("ETag"))
            let before = try await scrape(client)
            for _ in 0..<200 { _ = try await client.get("/api/configs/s") }
            for _ in 0..<100 { _ = try await client.get("/api/configs/s", headers: ["If-None-Match": tag]) }
            for _ in 0..<7 { _ = try await client.get("/api/configs/missing") }
            for _ in 0..<3 { _ = try await client.get("/nowhere/at/all") }
            try await client.update("s", #"{"a":1}"#)
            let after = try await scrape(client)
            // The first scrape is among them.
            #expect(after.total(Self.requests) - before.total(Self.requests) == 200 + 100 + 7 + 3 + 1 + 1)
            func rise(_ labels: String) -> Double {
                (after["\(Self.requests){\(labels)}"] ?? 0) - (before["\(Self.requests){\(labels)}"] ?? 0)
            }
            #expect(rise("\(Self.get),code=\"200\"") == 200)
            #expect(rise("\(Self.get),code=\"304\"") == 100)
            #expect(rise("\(Self.get),code=\"404\"") == 7)
            #expect(rise("route=\"unknown\",method=\"GET\",code=\"404\"") == 3)
            #expect(rise("route=\"/api/configs/{service}\",method=\"PUT\",code=\"200\"") == 1)
            #expect(after["configbus_http_request_duration_seconds_count{\(Self.get)}"] ?? 0 >= 300)
            #expect(after["configbus_http_connections"] ?? 0 >= 1)
        }
    }

    @Test func whatCountsOnlyRisesUnderLoad() async throws {
        try await TestServer.run(.live) { client in
            try await client.create("s")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<3 {
                    group.addTask {
                        for round in 0..<40 {
                            try await client.update("s", "{\"w\":\(writer),\"r\":\(round)}")
                            _ = try await client.get("/api/configs/s")
                        }
                    }
                }
                var before = try await scrape(client)
                for _ in 0..<10 {
                    let after = try await scrape(client)
                    for (name, value) in before.rising {
                        #expect(after[name] ?? -1 >= value, "\(name)")
                    }
                    before = after
                }
                #expect(before.rising.count > 100)
                try await group.waitForAll()
            }
        }
    }

    @Test func noLabelIsTheNameOfSomethingOfAUser() async throws {
        try await TestServer.run(.live) { client in
            for number in 0..<500 {
                let name = "tenant-\(number).unusual-service"
                try await client.fill(.post, "\(name)?environment=unusual-place", #"{"unusual-key":"unusual-value"}"#)
                if number.isMultiple(of: 50) {
                    _ = try await client.get("/api/configs/\(name)?environment=unusual-place")
                    _ = try await client.get("/unusual-path/\(number)")
                }
            }
            let text = try await scrape(client).text
            #expect(!text.contains("unusual"))
        }
    }

    @Test func writesAndWhatTheStoreDoesForThemAreCounted() async throws {
        try await TestServer.run { client in
            let before = try await scrape(client)
            try await client.create("s")
            try await client.create("s")
            _ = try await client.call(.delete, "/api/configs/none")
            let after = try await scrape(client)
            func rise(_ name: String) -> Double { (after[name] ?? 0) - (before[name] ?? 0) }
            #expect(rise(#"configbus_write_results_total{result="stored"}"#) == 1)
            #expect(rise(#"configbus_write_results_total{result="conflict"}"#) >= 1)
            #expect(rise(#"configbus_write_duration_seconds_count{operation="publish"}"#) == 2)
            #expect(rise(#"configbus_write_duration_seconds_count{operation="delete"}"#) == 1)
            #expect(rise(#"configbus_store_operation_duration_seconds_count{operation="append"}"#) >= 1)
            #expect(after[#"configbus_store_errors_total{kind="unavailable"}"#] == 0)
            #expect(after["configbus_head_cache_bytes"] ?? 0 > 0)
            #expect(after["configbus_relay_queue_length"] != nil && after["configbus_unannounced_versions"] != nil)
            #expect(after[#"configbus_tokens{state="living"}"#] == 0)
            try await eventually("the bus has confirmed") {
                try await scrape(client)["configbus_bus_confirm_duration_seconds_count"] == 1
            }
        }
    }

    /// Not of versions alone: identities, the audit, backups and checkpoints wait for the same store.
    @Test(arguments: [
        ("/api/audit", "audit"), ("/api/audit/anchors/none", "anchor"), ("/api/backup", "backup"),
        ("/api/configs", "heads"),
    ]) func everyReadOfTheStoreIsTimed(_ target: String, _ operation: String) async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let name = "configbus_store_operation_duration_seconds_count{operation=\"\(operation)\"}"
            let before = try await scrape(client)[name]
            _ = try await client.get(target)
            let after = try await scrape(client)[name]
            #expect((after ?? 0) > (before ?? .infinity))
        }
    }

    @Test func theProcessIsDescribedAsByEveryExporter() async throws {
        try await TestServer.run { client in
            let scrape = try await scrape(client)
            #expect(scrape["process_resident_memory_bytes"] ?? 0 > 1_000_000)
            #expect(scrape["process_open_fds"] ?? 0 > 2)
            #expect(scrape["process_cpu_seconds_total"] ?? 0 > 0)
            #expect(scrape["process_start_time_seconds"] ?? 0 > 1_600_000_000)
            #expect(scrape[#"configbus_build_info{version="0"}"#] == 1)
        }
    }
}
