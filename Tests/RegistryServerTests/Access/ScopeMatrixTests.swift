import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

/// Who may do what to which document: every combination, against a table that is computed here and nowhere else.
@Suite(.timeLimit(.minutes(5))) struct ScopeMatrixTests {
    /// What an identity has: a role, which services (as a rule of their own, not as a pattern), which environment.
    struct Holder: Sendable, CustomTestStringConvertible {
        let grant: String
        let reads: Bool
        let writes: Bool
        let deletes: Bool
        /// Of every document: metrics, anchors, the access log.
        let monitors: Bool
        let audits: Bool
        let services: @Sendable (String) -> Bool
        let environment: String?
        var testDescription: String { grant }

        func covers(_ service: String, _ environment: String) -> Bool {
            services(service) && (self.environment.map { $0 == environment } ?? true)
        }
    }

    static let holders = [
        Holder(
            grant: "reader:tenants.acme.#/prod", reads: true, writes: false, deletes: false, monitors: false,
            audits: false,
            services: { $0 == "tenants.acme" || $0.hasPrefix("tenants.acme.") }, environment: "prod"),
        Holder(
            grant: "publisher:tenants.*.ui/*", reads: true, writes: true, deletes: false, monitors: false,
            audits: false,
            services: {
                $0.hasPrefix("tenants.") && $0.hasSuffix(".ui") && $0.filter { $0 == "." }.count == 2
            }, environment: nil),
        Holder(
            grant: "admin:#/*", reads: true, writes: true, deletes: true, monitors: true, audits: true,
            services: { _ in true }, environment: nil),
        Holder(
            grant: "auditor:#/prod", reads: true, writes: false, deletes: false, monitors: false, audits: false,
            services: { _ in true }, environment: "prod"),
        Holder(
            grant: "monitor:#/*", reads: false, writes: false, deletes: false, monitors: true, audits: false,
            services: { _ in false }, environment: nil),
    ]

    private static let services = ["tenants.acme", "tenants.acme.ui", "tenants.acme2", "tenants.acme.ui.x", "parsing"]
    private static let environments = ["prod", "default"]

    /// A call, and whom the table lets make it.
    struct Call: Sendable {
        let method: HTTPRequest.Method
        let path: String
        var body: String?
        var type = "application/json"
        let isAllowed: Bool
    }

    private static func calls(_ holder: Holder, _ service: String, _ environment: String) -> [Call] {
        let path = "/api/configs/\(service)"
        let query = "?environment=\(environment)"
        let covers = holder.covers(service, environment)
        let (reads, writes) = (covers && holder.reads, covers && holder.writes)
        // What is merged in is read too.
        let overlays = reads && holder.covers(service, "default")
        let known = #"{"documents":[{"service_name":"\#(service)","environment":"\#(environment)"}]}"#
        return [
            Call(method: .get, path: path + query, isAllowed: reads),
            Call(method: .head, path: path + query, isAllowed: reads),
            Call(method: .get, path: "\(path)\(query)&version=1", isAllowed: reads),
            Call(method: .get, path: "\(path)\(query)&overlay=true", isAllowed: overlays),
            Call(method: .get, path: "\(path)/history\(query)", isAllowed: reads),
            Call(method: .get, path: "\(path)/versions/1\(query)", isAllowed: reads),
            Call(method: .get, path: "\(path)/diff\(query)", isAllowed: reads),
            Call(
                method: .get, path: "/api/configs?service_name=\(service)&environment=\(environment)", isAllowed: reads),
            Call(method: .post, path: "/api/configs:batchGet", body: known, isAllowed: reads),
            Call(method: .put, path: path + query, body: #"{"config_data":{"n":2}}"#, isAllowed: writes),
            Call(method: .post, path: path + query, body: #"{"config_data":{"n":3}}"#, isAllowed: writes),
            Call(
                method: .patch, path: path + query, body: #"{"n":4}"#, type: "application/merge-patch+json",
                isAllowed: writes),
            Call(method: .post, path: "\(path)/rollback\(query)", body: #"{"to_version":1}"#, isAllowed: writes),
            Call(
                method: .post, path: "\(path)/promote\(query)",
                body: #"{"from_environment":"\#(environment == "prod" ? "default" : "prod")"}"#,
                isAllowed: writes && holder.covers(service, environment == "prod" ? "default" : "prod")),
            Call(method: .post, path: "\(path)/validate\(query)", body: #"{"config_data":{"n":5}}"#, isAllowed: reads),
            Call(method: .delete, path: path + query, isAllowed: covers && holder.deletes),
            Call(method: .get, path: "/metrics", isAllowed: holder.monitors),
            Call(
                method: .get, path: "/api/audit/anchors/\(service.replacing(".", with: "-"))", isAllowed: holder.audits),
            Call(method: .get, path: "/api/audit/access?identity=\(service)", isAllowed: holder.audits),
        ]
    }

    @Test(arguments: holders, TestStore.available)
    func whoMayDoWhat(_ holder: Holder, store: TestStore) async throws {
        let combinations = Self.services.count * Self.environments.count * Self.calls(holder, "a", "prod").count
        #expect(combinations * Self.holders.count > 700)
        try await AccessServer.run(on: store) { server in
            let token = try await server.token(holder.grant).text
            for service in Self.services {
                for environment in Self.environments {
                    _ = try await server.call(
                        .post, "/api/configs/\(service)?environment=\(environment)", #"{"config_data":{"n":1}}"#)
                    for call in Self.calls(holder, service, environment) {
                        try await check(call, holder.grant, token, server)
                    }
                }
            }
        }
    }

    private func check(_ call: Call, _ grant: String, _ token: String, _ server: AccessServer) async throws {
        let answer = try await server.call(
            call.method, call.path, call.body, token: token, headers: ["Content-Type": call.type])
        let isAllowed = answer.status < 500 && ![401, 403].contains(answer.status)
        // A batch refuses a document in its place, where the caller reads anything at all.
        let isRefusedInside = answer.status == 200 && answer.text.contains(#""not-allowed""#)
        #expect(
            (isAllowed && !isRefusedInside) == call.isAllowed,
            "\(grant) \(call.method) \(call.path): \(answer.status) \(answer.text)")
        if !isAllowed, call.method != .head { #expect(answer.problem == "not-allowed") }
    }
}
