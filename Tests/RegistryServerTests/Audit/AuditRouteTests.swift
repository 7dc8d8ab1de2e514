import ConfigModel
import ConfigStore
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// `GET /api/audit`.
@Suite(.timeLimit(.minutes(2))) struct AuditRouteTests {
    /// Seven changes of every kind: versions, a deletion, a schema and a set.
    private static func change(_ client: any TestClientProtocol) async throws {
        let json = ["X-Correlation-ID": "request-1"]
        _ = try await client.call(
            .post, "/api/configs/parsing?environment=prod", #"{"config_data":{"n":1},"created_by":"ann"}"#,
            headers: json)
        _ = try await client.call(
            .put, "/api/configs/parsing?environment=prod", #"{"config_data":{"n":2},"created_by":"ben"}"#)
        _ = try await client.call(
            .put, "/api/configs/parsing/schema", #"{"schema":{"type":"object"},"created_by":"ann"}"#)
        _ = try await client.call(
            .post, "/api/changesets",
            """
            {"created_by":"set","documents":[{"service_name":"tenants.acme","config_data":{"a":1}},\
            {"service_name":"tenants.acme.ui","config_data":{"b":1}}]}
            """)
        _ = try await client.call(
            .put, "/api/configs/parsing?environment=prod",
            #"{"config_data":{},"created_by":"ann","override":["blast-radius"]}"#)
        _ = try await client.call(.delete, "/api/configs/parsing?environment=prod&created_by=ben")
    }

    private static let all = [
        "parsing/prod@4", "parsing/prod@3", "tenants.acme.ui/default@1", "tenants.acme/default@1",
        "parsing/~schema@1", "parsing/prod@2", "parsing/prod@1",
    ]

    /// Queries, and which of the seven they find.
    private static let queries: [(String, Set<Int>)] = [
        ("", [0, 1, 2, 3, 4, 5, 6]), ("service_name=parsing", [0, 1, 4, 5, 6]), ("service_name=tenants", []),
        ("prefix=tenants", [2, 3]), ("prefix=tenants.acme", [2, 3]), ("prefix=tenants.ac", []),
        ("environment=prod", [0, 1, 5, 6]), ("environment=~schema", [4]), ("environment=%7Eschema", [4]),
        ("created_by=ann", [1, 4, 6]), ("created_by=an", []), ("change_type=deleted", [0]),
        ("change_type=created", [2, 3, 4, 6]), ("change_type=updated&created_by=ann", [1]),
        ("correlation_id=request-1", [6]), ("overrides=true", [1]), ("overrides=false&change_type=deleted", [0]),
        ("since=2001-01-01T00:00:00Z", [0, 1, 2, 3, 4, 5, 6]), ("since=2999-01-01T00:00:00Z", []),
        ("until=2001-01-01T00:00:00%2B01:00", []), ("service_name=parsing&environment=default", []),
        ("prefix=parsing&environment=prod&created_by=ben&change_type=updated", [5]),
    ]

    @Test(arguments: TestStore.available)
    func filtersNarrowAndCombine(_ store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            try await Self.change(client)
            let pages = AuditPages { try await client.get($0) }
            for (query, expected) in Self.queries {
                let found = try await pages.read(query).changes
                // The members of a set have no order.
                #expect(Set(found) == Set(expected.map { Self.all[$0] }), "\(query)")
                #expect(found.count == expected.count, "\(query)")
            }
            let set = try #require(try await client.get("/api/audit?prefix=tenants").list[0]["changeset_id"])
            guard case .string(let id) = set else { return }
            #expect(try await pages.read("changeset_id=\(id)").changes.sorted() == Self.all[2...3].sorted { $0 < $1 })
            // Both bounds are moments of the versions themselves.
            let times = try await client.get("/api/audit").list.compactMap {
                $0["created_at"]?.description.dropFirst().dropLast()
            }
            let from = try #require(times.last)
            #expect(try await pages.read("since=\(from)").changes.count == 7)
            #expect(try await pages.read("until=\(from)").changes.isEmpty)
        }
    }

    @Test(arguments: TestStore.available)
    func entriesAreRecordsNewestFirstWithoutContentUnlessItIsAskedFor(_ store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            try await Self.change(client)
            let plain = try await client.get("/api/audit?environment=prod").list
            let history = try await client.get("/api/configs/parsing/history?environment=prod").list
            #expect(plain.count == 4)
            for (entry, record) in zip(plain, history) {
                var expected = record
                expected["config_data"] = nil
                #expect(entry == expected)
            }
            let values = try await client.get("/api/audit?environment=prod&values=true").list
            #expect(values.map { $0["old_value"]?.description } == ["{}", #"{"n":2}"#, #"{"n":1}"#, "null"])
            #expect(values.map { $0["new_value"]?.description } == ["null", "{}", #"{"n":2}"#, #"{"n":1}"#])
        }
    }

    @Test(arguments: [1, 2, 3, 7, 200])
    func pagesFollowEachOther(_ limit: Int) async throws {
        try await TestServer.run { client in
            try await Self.change(client)
            let found = try await AuditPages { try await client.get($0) }.read("limit=\(limit)&values=true")
            #expect(Set(found.changes) == Set(Self.all) && found.changes.count == 7)
            #expect(found.sizes.dropLast().allSatisfy { $0 == limit })
        }
    }

    @Test(arguments: [
        "limit=0", "limit=201", "limit=-1", "limit=x", "cursor=x", "cursor=1-", "cursor=1-2-3", "cursor=-1-2",
        "cursor=99999999999999999999-1", "since=yesterday", "until=2026-13-01T00:00:00Z", "change_type=removed",
        "changeset_id=1", "values=yes", "overrides=1", "author=ann", "limit=1&limit=2",
    ])
    func whatMeansNothingIsRefusedByName(_ query: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.get("/api/audit?\(query)")
            #expect(answer.problem == "invalid-parameter")
        }
    }

    @Test(arguments: ["service_name=a/b", "prefix=.a", "environment=~other", "environment=a~"])
    func namesAreNames(_ query: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.get("/api/audit?\(query)")
            #expect(answer.problem == "invalid-name")
        }
    }

    /// The contents of a page together are limited; one change always fits.
    @Test func pagesWithLargeValuesEndEarlier() async throws {
        try await TestServer.run { client in
            let text = String(repeating: "x", count: 900_000)
            for number in 0..<12 {
                try await client.fill(number == 0 ? .post : .put, "large", #"{"n":\#(number),"text":"\#(text)"}"#)
            }
            let found = try await AuditPages { try await client.get($0) }.read("values=true")
            #expect(found.changes == (1...12).reversed().map { "large/default@\($0)" })
            #expect(found.sizes.count > 2 && found.sizes.allSatisfy { $0 > 0 })
            #expect(try await AuditPages { try await client.get($0) }.read("").sizes == [12])
        }
    }

    @Test func whatIsDamagedIsNamedAndLeftOut() async throws {
        let store = InMemoryVersionStore()
        var chain = try VersionChain("bad")
        for number in 1...3 { _ = try await store.append(chain.next(#"{"n":\#(number)}"#)) }
        store.damage(2, of: chain.key)
        try await TestServer.run(on: store) { client in
            for query in ["", "values=true"] {
                let answer = try await client.get("/api/audit?\(query)")
                #expect(answer.header("Config-Damaged") == "default/bad@2", "\(query)")
                #expect(answer.list.map { $0["version"] } == [3, 1])
            }
            let values = try await client.get("/api/audit?values=true").list
            #expect(values[0]["old_value"] == .null && values[0]["old_value_damaged"] == .bool(true))
            #expect(values[1]["old_value"] == .null && values[1]["old_value_damaged"] == nil)
        }
    }
}
