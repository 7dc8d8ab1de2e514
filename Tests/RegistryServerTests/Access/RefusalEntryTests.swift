import ConfigAccess
import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// What the access log says of requests that were refused.
@Suite(.timeLimit(.minutes(2))) struct RefusalEntryTests {
    private static func entries(_ server: AccessServer, _ query: String, count: Int) async throws -> [JSONObject] {
        try await eventually("\(count) entries of \(query)") {
            let list = try await server.get("/api/audit/access?\(query)").list
            return list.count == count ? list : nil
        }
    }

    @Test func aRefusalNamesWhoWantedWhatAndNoSecret() async throws {
        try await AccessServer.run(.live) { server in
            let reader = try await server.token("reader:a/*", name: "ci")
            for _ in 0..<3 {
                let body = #"{"config_data":{"password":"hunter2"}}"#
                #expect(try await server.call(.post, "/api/configs/a", body, token: reader.text).status == 403)
            }
            let entry = try #require(try await Self.entries(server, "type=not-allowed", count: 1).first)
            #expect(entry["identity"] == "ci" && entry["token_id"] == .string(reader.id) && entry["kind"] == "token")
            #expect(entry["action"] == "writeDocument" && entry["key"] == "a/default" && entry["status"] == 403)
            #expect(entry["count"] == 1 && entry["address"] == "127.0.0.1")
            let log = try await server.get("/api/audit/access")
            for secret in [reader.text, server.admin, "hunter2"] { #expect(!log.text.contains(secret)) }
        }
    }

    @Test func aCredentialThatDoesNotCountIsNamedByItsAddressAlone() async throws {
        try await AccessServer.run(.live) { server in
            let unknown = TokenText.random()
            for _ in 0..<3 {
                #expect(try await server.get("/api/configs", token: unknown.secretText).status == 401)
            }
            let entry = try #require(try await Self.entries(server, "type=unauthenticated", count: 1).first)
            #expect(entry["identity"] == nil && entry["kind"] == "none" && entry["address"] == "127.0.0.1")
            #expect(entry["action"] == "authenticate" && entry["status"] == 401)
            let log = try await server.get("/api/audit/access")
            #expect(!log.text.contains(unknown.secretText) && !log.text.contains(unknown.id))
        }
    }

    @Test func behindAProxyTheAddressIsThatOfTheClient() async throws {
        var options = RegistryServerOptions()
        options.proxies = try ProxyNetworks(parsing: "127.0.0.1/32")
        var limits = AccessLimits()
        limits[.failed] = Rate(perSecond: 1, burst: 1)
        try await AccessServer.run(.live, limits: RequestLimits(limits) { 1 }, options: options) { server in
            for (client, status) in [("198.51.100.7", 401), ("198.51.100.7", 429), ("198.51.100.8", 401)] {
                let answer = try await server.call(
                    .get, "/api/configs", token: "x", headers: ["X-Forwarded-For": "192.0.2.1, \(client)"])
                #expect(answer.status == status)
            }
            let entries = try await Self.entries(server, "type=unauthenticated", count: 2)
            #expect(Set(entries.map { $0["address"] }) == ["198.51.100.7", "198.51.100.8"])
        }
    }

    @Test func eachWayToBeRefusedIsThere() async throws {
        var limits = AccessLimits()
        limits[.costly] = nil
        limits[.write] = Rate(perSecond: 1, burst: 1)
        try await AccessServer.run(.live, limits: RequestLimits(limits) { 1 }) { server in
            let ci = try await server.token("admin:a/*", name: "ci")
            let batch = #"{"documents":[{"service_name":"a"},{"service_name":"b"}]}"#
            _ = try await server.call(.post, "/api/configs:batchGet", batch, token: ci.text)
            _ = try await server.create("reader:b/*", name: "wide", token: ci.text)
            for _ in 0..<2 {
                _ = try await server.call(.post, "/api/configs/a", #"{"config_data":{}}"#, token: ci.text)
            }
            _ = try await Self.entries(server, "identity=ci&type=not-allowed&action=readDocument", count: 1)
            _ = try await Self.entries(server, "identity=ci&type=not-allowed&action=manageTokens", count: 1)
            _ = try await Self.entries(server, "identity=ci&type=rate-limited&action=writeDocument", count: 1)
        }
    }

    @Test func whatIsNotInTheLogIsCounted() async throws {
        try await AccessServer.run { server in
            let metrics = try await server.get("/metrics").text
            #expect(metrics.contains("\nconfigbus_access_log_lost_total 0\n"))
        }
    }
}
