import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

/// Who sees what of `GET /api/audit`.
@Suite(.timeLimit(.minutes(2))) struct AuditAccessTests {
    /// Grants, and the entries that they show without and with values; nil where that is refused.
    static let grants: [([String], plain: [String]?, values: [String]?)] = [
        (["reader:#/*"], ["b/~schema@1", "b/dev@1", "b/prod@1", "a/prod@1"], nil),
        (["reader:a/prod"], ["a/prod@1"], nil),
        (["publisher:b/dev"], ["b/~schema@1", "b/dev@1"], nil),
        (["auditor:b/dev"], ["b/~schema@1", "b/dev@1"], ["b/~schema@1", "b/dev@1"]),
        (["auditor:a/prod", "reader:b/*"], ["b/~schema@1", "b/dev@1", "b/prod@1", "a/prod@1"], ["a/prod@1"]),
        (["admin:b/prod"], ["b/~schema@1", "b/prod@1"], ["b/~schema@1", "b/prod@1"]),
        (
            ["auditor:#/*"], ["b/~schema@1", "b/dev@1", "b/prod@1", "a/prod@1"],
            ["b/~schema@1", "b/dev@1", "b/prod@1", "a/prod@1"]
        ),
        (["reader:c/*"], [], nil),
        (["monitor:#/*"], nil, nil),
    ]

    private static func fill(_ server: AccessServer) async throws {
        for document in ["a?environment=prod", "b?environment=prod", "b?environment=dev"] {
            _ = try await server.call(.post, "/api/configs/\(document)", #"{"config_data":{"n":1}}"#)
        }
        _ = try await server.call(.put, "/api/configs/b/schema", #"{"schema":{"type":"object"}}"#)
    }

    @Test(arguments: TestStore.available)
    func whatTheCallerMayNotReadIsNotThere(_ store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            try await Self.fill(server)
            for (grants, plain, values) in Self.grants {
                let token = try await Self.token(grants, server)
                try await Self.expect(plain, "limit=2", token, server, grants)
                try await Self.expect(values, "limit=2&values=true", token, server, grants)
            }
        }
    }

    private static func token(_ grants: [String], _ server: AccessServer) async throws -> String {
        let list = grants.map { "\"\($0)\"" }.joined(separator: ",")
        let name = "t\(UInt32.random(in: 0 ... .max))"
        let answer = try await server.call(.post, "/api/tokens", #"{"name":"\#(name)","grants":[\#(list)]}"#)
        return try #require(answer.text("token"))
    }

    private static func expect(
        _ expected: [String]?, _ query: String, _ token: String, _ server: AccessServer, _ grants: [String]
    ) async throws {
        guard let expected else {
            let answer = try await server.get("/api/audit?\(query)", token: token)
            #expect(answer.problem == "not-allowed", "\(grants) \(query)")
            #expect(answer["needs"] == (grants == ["monitor:#/*"] ? "reader" : "auditor"))
            return
        }
        let found = try await AuditPages { try await server.get($0, token: token) }.read(query)
        #expect(found.changes == expected, "\(grants) \(query)")
    }

    /// As if it were asked for alone, whether it exists or not.
    @Test(arguments: ["a", "missing"])
    func whatIsNamedIsRefusedAsAWhole(_ service: String) async throws {
        try await AccessServer.run { server in
            try await Self.fill(server)
            let reader = try await server.token("reader:b/*").text
            for query in ["service_name=\(service)", "service_name=\(service)&environment=prod"] {
                let answer = try await server.get("/api/audit?\(query)", token: reader)
                #expect(answer.problem == "not-allowed" && answer["needs"] == "reader", "\(query)")
            }
            let auditor = try await server.token("auditor:b/*", "reader:\(service)/*").text
            let answer = try await server.get("/api/audit?service_name=\(service)&values=true", token: auditor)
            #expect(answer.problem == "not-allowed" && answer["needs"] == "auditor")
        }
    }
}
