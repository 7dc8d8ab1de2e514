import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

@Suite("Who may let findings pass", .timeLimit(.minutes(1))) struct OverrideRightTests {
    /// A call, and whether a publisher may make it.
    static let calls: [(HTTPRequest.Method, String, String?, Bool)] = [
        (.put, "s", #"{"config_data":{"n":2},"override":["blast-radius","secret:/a"]}"#, true),
        (.put, "s", #"{"config_data":{"n":2},"override":["schema"]}"#, false),
        (.post, "s/rollback", #"{"to_version":1,"override":["schema"]}"#, true),
        (.patch, "s?override=blast-radius&override=secret:/a", #"{"n":3}"#, true),
        (.patch, "s?override=schema", #"{"n":3}"#, false),
        (.post, "s/promote", #"{"from_environment":"prod","override":["schema"]}"#, false),
    ]

    @Test(arguments: calls)
    func onlyAnAdministratorOverridesASchema(
        _ call: (method: HTTPRequest.Method, path: String, body: String?, isPermitted: Bool)
    ) async throws {
        try await AccessServer.run { server in
            for place in ["s", "s?environment=prod"] {
                _ = try await server.call(.post, "/api/configs/\(place)", #"{"config_data":{"n":1}}"#)
            }
            let type = call.method == .patch ? "application/merge-patch+json" : "application/json"
            let publisher = try await server.token("publisher:s/*")
            let answer = try await server.call(
                call.method, "/api/configs/\(call.path)", call.body, token: publisher.text,
                headers: ["Content-Type": type])
            #expect(answer.status == (call.isPermitted ? 200 : 403), "\(answer.text)")
            guard !call.isPermitted else { return }
            #expect(answer.problem == "not-allowed" && answer["needs"] == "admin" && answer["key"] == "s/default")
            let admin = try await server.call(
                call.method, "/api/configs/\(call.path)", call.body, headers: ["Content-Type": type])
            #expect(admin.status == 200)
        }
    }

    @Test func anOverrideIsOneEntryOfTheAccessLog() async throws {
        try await AccessServer.run { server in
            let publisher = try await server.token("publisher:s/*", name: "ci")
            let body = #"{"config_data":{"password":"hunter2-and-more"},"override":["secret:/password"]}"#
            #expect(try await server.call(.post, "/api/configs/s", body, token: publisher.text).status == 201)
            let unneeded = #"{"config_data":{"n":1},"override":["blast-radius"]}"#
            #expect(try await server.call(.put, "/api/configs/s", unneeded, token: publisher.text).status == 200)
            let log = try await server.get("/api/audit/access?type=checks-overridden")
            #expect(log.list.count == 1)
            let entry = try #require(log.list.first)
            #expect(entry["identity"] == "ci" && entry["action"] == "writeDocument" && entry["key"] == "s/default")
            #expect(!log.text.contains("hunter2"))
        }
    }
}
