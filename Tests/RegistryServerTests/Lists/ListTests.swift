import ConfigModel
import HummingbirdTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct ListTests {
    private static let documents = [
        "a", "tenants.acme", "tenants.acme.monitors", "tenants.acme2", "a?environment=prod", "b?environment=prod",
    ]

    private func run(_ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await TestServer.run { client in
            for document in Self.documents { try await client.create(document, #"{"n":1.0}"#) }
            try await client.delete("b?environment=prod")
            try await test(client)
        }
    }

    private static func keys(_ answer: Answer) throws -> [String] {
        guard case .array(let records) = try answer.json else { return [] }
        return records.compactMap { record in
            guard case .object(let object) = record, case .string(let service)? = object["service_name"],
                case .string(let environment)? = object["environment"]
            else { return nil }
            return "\(service)/\(environment)"
        }
    }

    @Test(arguments: [
        (
            "",
            ["a/default", "tenants.acme/default", "tenants.acme.monitors/default", "tenants.acme2/default", "a/prod"]
        ),
        ("?environment=prod", ["a/prod"]), ("?environment=prod&deleted=true", ["a/prod", "b/prod"]),
        ("?service_name=a", ["a/default", "a/prod"]),
        ("?prefix=tenants.acme", ["tenants.acme/default", "tenants.acme.monitors/default"]),
        ("?service_name=none", []), ("?deleted=false&environment=default&service_name=a", ["a/default"]),
    ])
    func showsTheHeadsThatAreAskedFor(_ query: String, _ keys: [String]) async throws {
        try await run { client in
            let answer = try await client.get("/api/configs" + query)
            #expect(answer.status == 200)
            #expect(try Self.keys(answer) == keys)
            #expect(answer.header("Link") == nil)
        }
    }

    @Test(arguments: [1, 2, 4, 5])
    func pagesFollowEachOtherByTheirLinks(_ limit: Int) async throws {
        try await run { client in
            var keys: [String] = []
            var next: String? = "/api/configs?limit=\(limit)&deleted=false"
            while let uri = next {
                let answer = try await client.get(uri)
                let page = try Self.keys(answer)
                #expect(page.count == min(limit, 5 - keys.count))
                keys += page
                next = answer.header("Link").map { String($0.dropFirst().prefix { $0 != ">" }) }
                if let link = answer.header("Link") { #expect(link.hasSuffix(#">; rel="next""#)) }
            }
            #expect(keys.count == 5)
            #expect(Set(keys).count == 5)
        }
    }

    @Test func aRecordIsWholeOrWithoutItsContent() async throws {
        try await TestServer.run { client in
            let created = try await client.create("s", #"{"n":1.0}"#)
            #expect(try await client.get("/api/configs").text == "[\(created.text)]")
            let heads = try await client.get("/api/configs?view=heads")
            #expect(heads.text == "[\(created.text.replacing(#""config_data":{"n":1.0},"#, with: ""))]")
        }
    }

    @Test func aPageEndsEarlierWhenContentsAreLarge() async throws {
        try await TestServer.run { client in
            let large = #"{"a":""# + String(repeating: "x", count: 1_000_000) + #""}"#
            for n in 0..<10 { try await client.create("s\(n)", large) }
            let first = try await client.get("/api/configs")
            #expect(try Self.keys(first).count == 8)
            let link = try #require(first.header("Link"))
            let second = try await client.get(String(link.dropFirst().prefix { $0 != ">" }))
            #expect(try Self.keys(second) == ["s8/default", "s9/default"])
            #expect(second.header("Link") == nil)
        }
    }
}
