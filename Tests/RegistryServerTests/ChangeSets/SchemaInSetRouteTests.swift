import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// A schema as a member of a change set.
@Suite(.timeLimit(.minutes(1))) struct SchemaInSetRouteTests {
    private static let schema = #"{"service_name":"a","schema":{"required":["n"]},"checks":"each"}"#

    @Test func isADocumentOfTheReservedEnvironmentAndInForce() async throws {
        try await TestServer.run { client in
            let made = try await client.publishSet([Self.schema, #"{"service_name":"a","config_data":{"n":1}}"#])
            #expect(made.status == 201, "\(made.text)")
            #expect(made.records.map { $0["environment"] } == ["~schema", "default"])
            #expect(made["breaks"] == .array([]) && made["hidden"]?.description == "0")
            let refused = try await client.publishSet([#"{"service_name":"a","config_data":{"m":1}}"#])
            #expect(refused.memberProblems == ["0 422 checks-failed"])
        }
    }

    @Test(arguments: [
        (#"{"service_name":"a","environment":"prod","schema":{}}"#, 422, "invalid-field"),
        (#"{"service_name":"a","schema":{},"checks":"all"}"#, 422, "invalid-field"),
        (#"{"service_name":"a","config_data":{},"checks":"each"}"#, 422, "invalid-field"),
        (#"{"service_name":"a","schema":{},"config_data":{}}"#, 422, "invalid-field"),
        (#"{"service_name":"a b","schema":{}}"#, 400, "invalid-name"),
        (#"{"service_name":"a","schema":{"type":"colour"}}"#, 422, "invalid-schema"),
    ])
    func oneThatIsNoneChangesNothing(document: String, status: Int, type: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.publishSet([#"{"service_name":"b","config_data":{"n":1}}"#, document])
            #expect(answer.status == status && answer.memberProblems == ["1 \(status) \(type)"], "\(answer.text)")
            #expect(try await client.get("/api/configs").list.isEmpty)
        }
    }

    @Test func needsTheAdministratorOfTheServiceInAllEnvironments() async throws {
        try await AccessServer.run { server in
            let set = #"{"documents":[\#(Self.schema)]}"#
            for grant in ["publisher:a/*", "admin:a/prod", "admin:b/*"] {
                let token = try await server.token(grant)
                let answer = try await server.call(.post, "/api/changesets", set, token: token.text)
                #expect(answer.memberProblems == ["0 403 not-allowed"], "\(grant): \(answer.text)")
            }
            let admin = try await server.token("admin:a/*")
            let made = try await server.call(.post, "/api/changesets", set, token: admin.text)
            #expect(made.status == 201, "\(made.text)")
        }
    }
}
