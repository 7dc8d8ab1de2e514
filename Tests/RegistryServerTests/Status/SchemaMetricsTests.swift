import ConfigModel
import HTTPTypes
import Testing

/// What is said of schemas where a registry's state is looked at.
@Suite(.timeLimit(.minutes(1))) struct SchemaMetricsTests {
    private static let name = "configbus_schema_check_duration_seconds"

    @Test func howLongChecksTookIsAHistogram() async throws {
        try await TestServer.run { client in
            let before = try await client.get("/metrics").text
            #expect(before.contains("\(Self.name)_bucket{le=\"+Inf\"} 0\n\(Self.name)_sum 0.0\n\(Self.name)_count 0\n"))
            _ = try await client.call(.put, "/api/configs/s/schema", SampleSchema.body(SampleSchema.port))
            try await client.create("s", #"{"db":{"port":1}}"#)
            try await client.update("s", #"{"db":{"port":"x"}}"#)
            let text = try await client.get("/metrics").text
            #expect(text.contains("# TYPE \(Self.name) histogram\n"))
            let counts = text.matches(of: /check_duration_seconds_bucket{le="[0-9.]+"} (\d+)/).compactMap { Int($0.1) }
            #expect(counts.count == 14 && counts == counts.sorted())
            // The refusal rests on a second look at most.
            let total = try #require(text.firstMatch(of: /check_duration_seconds_count (\d+)/).flatMap { Int($0.1) })
            #expect((2...3).contains(total) && counts.allSatisfy { $0 <= total })
            #expect(["1", "2.5", "5", "10"].allSatisfy { text.contains("le=\"\($0)\"") })
        }
    }

    @Test func documentsThatDoNotFitAreInMetricsAndHealth() async throws {
        try await TestServer.run { client in
            #expect(try await client.get("/metrics").text.contains("configbus_schema_documents_broken 0\n"))
            try await client.create("s", #"{"db":{"port":"x"}}"#)
            let body = SampleSchema.body(SampleSchema.port, #","override":["schema-breaks"]"#)
            #expect(try await client.call(.put, "/api/configs/s/schema", body).status == 201)
            #expect(try await client.get("/metrics").text.contains("configbus_schema_documents_broken 1\n"))
            let health = try await client.get("/health")
            #expect(
                health["schemas"]?.description == #"{"documents_broken":1,"services":1,"status":"current"}"#,
                "\(health.text)")
        }
    }
}
