import ConfigAccess
import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// A change set needs what each of its members would need alone.
@Suite(.timeLimit(.minutes(2))) struct ChangeSetAccessTests {
    private static func set(_ documents: String...) -> String {
        #"{"documents":[\#(documents.joined(separator: ","))]}"#
    }
    private static let a = #"{"service_name":"a","environment":"prod","config_data":{"n":1}}"#
    private static let b = #"{"service_name":"b","environment":"prod","config_data":{"n":1}}"#

    @Test func oneMemberOutOfScopeRefusesTheSet() async throws {
        try await AccessServer.run { server in
            let ci = try await server.token("publisher:a/prod", name: "ci")
            let answer = try await server.call(.post, "/api/changesets", Self.set(Self.a, Self.b), token: ci.text)
            #expect(answer.status == 403 && answer.problem == "not-allowed")
            #expect(answer.memberProblems == ["1 403 not-allowed"])
            let problem = answer.objects("problems")[0]
            #expect(problem["needs"] == "publisher" && problem["key"] == "b/prod" && problem["identity"] == "ci")
            #expect(try await server.get("/api/configs").list.isEmpty)
            #expect(try await server.call(.post, "/api/changesets", Self.set(Self.a), token: ci.text).status == 201)
            #expect(try await server.get("/api/configs").list.first?["created_by"] == "ci")
        }
    }

    @Test func whatIsWrongWithOtherMembersIsSaidOfThoseInScopeOnly() async throws {
        try await AccessServer.run { server in
            let ci = try await server.token("publisher:a/prod")
            let set = Self.set(
                #"{"service_name":"a","environment":"prod","merge_patch":{}}"#,
                #"{"service_name":"b","environment":"prod","merge_patch":{}}"#)
            for _ in 0..<2 {
                let answer = try await server.call(.post, "/api/changesets", set, token: ci.text)
                #expect(answer.memberProblems == ["0 404 unknown", "1 403 not-allowed"] && answer.status == 403)
                // Whether it exists or not.
                _ = try await server.call(.post, "/api/changesets", Self.set(Self.b))
            }
        }
    }

    @Test func aDeletionInASetIsAnAdministrators() async throws {
        try await AccessServer.run { server in
            let publisher = try await server.token("publisher:#/*")
            _ = try await server.call(.post, "/api/changesets", Self.set(Self.a))
            let set = Self.set(#"{"service_name":"a","environment":"prod","delete":true}"#, Self.b)
            let answer = try await server.call(.post, "/api/changesets", set, token: publisher.text)
            #expect(answer.memberProblems == ["0 403 not-allowed"])
            #expect(answer.objects("problems").first?["needs"] == "admin")
            #expect(try await server.call(.post, "/api/changesets", set).status == 201)
        }
    }

    @Test func aSetIsShownAsFarAsItsDocumentsMayBeRead() async throws {
        try await AccessServer.run { server in
            let id = try #require(
                try await server.call(.post, "/api/changesets", Self.set(Self.a, Self.b)).text("changeset_id"))
            let reader = try await server.token("reader:a/prod")
            let answer = try await server.get("/api/changesets/\(id)", token: reader.text)
            #expect(answer["changeset_size"] == 2 && answer["hidden"] == 1)
            #expect(answer["members"] == .array(["a/prod@1"]))
            #expect(answer.records.map { $0["service_name"] } == ["a"])
            let other = try await server.token("reader:c/prod")
            let unknown = try await server.get("/api/changesets/\(id)", token: other.text)
            #expect(unknown.status == 404 && unknown.problem == "unknown-change-set")
            let all = try await server.get("/api/changesets/\(id)")
            #expect(all["hidden"] == 0 && all.records.count == 2)
        }
    }

    @Test func aSetCountsItsMembers() async throws {
        var limits = AccessLimits()
        limits[.write] = Rate(perSecond: 1, burst: 3)
        try await AccessServer.run(.live, limits: RequestLimits(limits) { 1 }) { server in
            let ci = try await server.token("publisher:#/*", name: "ci")
            let set = Self.set(Self.a, Self.b)
            #expect(try await server.call(.post, "/api/changesets", set, token: ci.text).status == 201)
            #expect(try await server.call(.post, "/api/changesets", set, token: ci.text).status == 429)
            let single = try await server.call(
                .post, "/api/configs/c", #"{"config_data":{}}"#, token: ci.text)
            #expect(single.status == 201)
        }
    }

    @Test func eachMemberThatIsRefusedIsInTheAccessLog() async throws {
        try await AccessServer.run(.live) { server in
            let ci = try await server.token("reader:#/*", name: "ci")
            _ = try await server.call(.post, "/api/changesets", Self.set(Self.a, Self.b), token: ci.text)
            try await eventually("the refusals are counted") {
                let list = try await server.get("/api/audit/access?identity=ci&type=not-allowed").list
                return list.first.map { $0["action"] == "writeDocument" && $0["key"] == "a/prod" } == true
            }
        }
    }
}
