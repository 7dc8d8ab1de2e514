import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// Pages while others write, and filters against a model of what was published.
@Suite(.timeLimit(.minutes(5))) struct AuditModelTests {
    /// 5,000 where the environment asks for scale.
    private static let changes = ServiceEnvironment.wantsScale ? 5_000 : 600

    private struct Change: Sendable {
        let name: String
        let service: String
        let environment: String
        let author: String
        let type: String
        let request: String
    }

    @Test(arguments: TestStore.available)
    func everyCombinationFindsWhatTheModelHas(_ store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            let model = try await Self.publish(Self.changes, client)
            var generator = SeededGenerator(seed: 7)
            for _ in 0..<40 {
                let sample = try #require(model.randomElement(using: &generator))
                var query = "limit=\(Int.random(in: 20...200, using: &generator))"
                var expected = model
                for filter in Self.filters(sample).shuffled(using: &generator).prefix(
                    Int.random(in: 1...3, using: &generator))
                {
                    query += "&\(filter.0)"
                    expected = expected.filter(filter.1)
                }
                let found = try await AuditPages { try await client.get($0) }.read(query).changes
                #expect(found == expected.reversed().map(\.name), "\(query)")
            }
        }
    }

    private static func filters(_ sample: Change) -> [(String, (Change) -> Bool)] {
        [
            ("service_name=\(sample.service)", { $0.service == sample.service }),
            ("environment=\(sample.environment)", { $0.environment == sample.environment }),
            ("created_by=\(sample.author)", { $0.author == sample.author }),
            ("change_type=\(sample.type)", { $0.type == sample.type }),
            ("correlation_id=\(sample.request)", { $0.request == sample.request }),
            ("prefix=team", { $0.service.hasPrefix("team.") }),
        ]
    }

    private static func publish(_ count: Int, _ client: any TestClientProtocol) async throws -> [Change] {
        var generator = SeededGenerator(seed: 3)
        var versions: [String: (number: Int, isLiving: Bool)] = [:]
        var model: [Change] = []
        for number in 0..<count {
            let service = ["team.a", "team.b", "team.b.c", "other"].randomElement(using: &generator) ?? ""
            let environment = ["prod", "test"].randomElement(using: &generator) ?? ""
            let author = ["ann", "ben", "eve"].randomElement(using: &generator) ?? ""
            let before = versions["\(service)/\(environment)"] ?? (0, false)
            let isDeletion = before.isLiving && Int.random(in: 0..<5, using: &generator) == 0
            let request = "r\(number / 10)"
            let path = "/api/configs/\(service)?environment=\(environment)"
            let fields = ["X-Correlation-ID": request]
            let answer =
                if isDeletion {
                    try await client.call(.delete, "\(path)&created_by=\(author)", headers: fields)
                } else {
                    try await client.call(
                        before.isLiving ? .put : .post, path,
                        #"{"config_data":{"n":\#(number)},"created_by":"\#(author)"}"#, headers: fields)
                }
            try #require(answer.status < 300, "\(answer.text)")
            versions["\(service)/\(environment)"] = (before.number + 1, !isDeletion)
            model.append(
                Change(
                    name: "\(service)/\(environment)@\(before.number + 1)", service: service, environment: environment,
                    author: author, type: isDeletion ? "deleted" : before.isLiving ? "updated" : "created",
                    request: request))
        }
        return model
    }

    /// No entry twice, and none missing that was there before.
    @Test(arguments: TestStore.available)
    func pagesHoldWhileFourWritersPublish(_ store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            let before = try await Self.publish(Self.changes / 2, client).map(\.name)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 { group.addTask { try await Self.write("writer\(writer)", client) } }
                for limit in [3, 50] {
                    let found = try await AuditPages { try await client.get($0) }.read("limit=\(limit)").changes
                    #expect(Set(found).count == found.count)
                    #expect(found.suffix(before.count) == before.reversed()[...])
                }
                group.cancelAll()
            }
        }
    }

    private static func write(_ service: String, _ client: any TestClientProtocol) async throws {
        var number = 0
        while !Task.isCancelled {
            try await client.fill(number == 0 ? .post : .put, service, #"{"n":\#(number)}"#)
            number += 1
        }
    }
}
