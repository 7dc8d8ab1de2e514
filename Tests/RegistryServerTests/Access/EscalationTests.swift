import ConfigModel
import HTTPTypes
import Testing

@testable import RegistryServer

/// No administrator reaches beyond its own grants by way of the tokens that it makes, sees or ends.
@Suite(.timeLimit(.minutes(2))) struct EscalationTests {
    private static let within = [
        "reader:tenants.acme.ui/prod", "publisher:tenants.acme/*", "admin:tenants.acme.#/*",
        "watcher:tenants.acme.#/dev", "auditor:tenants.acme.*/prod", "relay:tenants.acme.a.b/prod",
    ]

    @Test(arguments: TestStore.available)
    func whatIsWithinTheOwnGrantsIsGiven(store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            let admin = try await server.token("admin:tenants.acme.#/*")
            for (number, grant) in Self.within.enumerated() {
                let answer = try await server.create(grant, name: "n\(number)", token: admin.text)
                #expect(answer.status == 201, "\(grant): \(answer.text)")
            }
        }
    }

    private static let tooWide = [
        "reader:#/*", "publisher:tenants.*.x/prod", "monitor:#/*", "admin:tenants.#/*", "reader:tenants.acme2/prod",
        "reader:tenants/prod", "reader:*.acme/prod", "admin:#/*",
    ]

    @Test(arguments: TestStore.available)
    func whatIsNotIsRefusedByName(store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            let admin = try await server.token("admin:tenants.acme.#/*")
            for grant in Self.tooWide {
                let answer = try await server.create("reader:tenants.acme/prod", grant, token: admin.text)
                #expect(answer.status == 403 && answer.problem == "not-allowed", "\(grant)")
                #expect(answer["grant"] == .string(grant) && answer.detail.contains(grant))
            }
            #expect(try await server.get("/api/tokens").list.count == 2)
        }
    }

    @Test func aWriterOrAnAdministratorOfOneEnvironmentGivesNoMore() async throws {
        try await AccessServer.run { server in
            for (own, wanted, status) in [
                ("publisher:#/*", "reader:a/prod", 403), ("auditor:#/*", "reader:a/prod", 403),
                ("admin:#/prod", "reader:a/*", 403), ("admin:#/prod", "reader:a/dev", 403),
                ("admin:#/prod", "reader:a/prod", 201),
            ] {
                let token = try await server.token(own)
                let answer = try await server.create(wanted, name: "n\(status)", token: token.text)
                #expect(answer.status == status, "\(own) \(wanted)")
            }
        }
    }

    @Test(arguments: TestStore.available)
    func tokensOutsideAreNeitherListedNorShownNorEnded(store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            let admin = try await server.token("admin:tenants.acme.#/*", name: "acme-admin")
            let inside = try await server.token("reader:tenants.acme.ui/prod", name: "inside")
            let outside = try await server.token("reader:tenants.acme/prod", "reader:other/prod", name: "outside")
            let names = try await server.get("/api/tokens", token: admin.text).list.map { $0["name"] }
            #expect(names == [.string("acme-admin"), .string("inside")])
            let path = "/api/tokens/\(outside.id)"
            for (method, place) in [(HTTPRequest.Method.get, path), (.delete, path), (.post, path + "/rotate")] {
                let answer = try await server.call(method, place, token: admin.text)
                #expect(answer.status == 403 && answer.problem == "not-allowed")
            }
            #expect(try await server.get("/api/access", token: outside.text).status == 200)
            #expect(try await server.call(.delete, "/api/tokens/\(inside.id)", token: admin.text).status == 200)
        }
    }

    @Test func noOtherRoleManagesIdentities() async throws {
        try await AccessServer.run { server in
            for grant in ["publisher:#/*", "auditor:#/*", "relay:#/*", "monitor:#/*"] {
                let token = try await server.token(grant)
                for (method, path) in [
                    (HTTPRequest.Method.get, "/api/tokens"), (.post, "/api/tokens"), (.delete, "/api/tokens/x"),
                    (.get, "/api/denials"), (.post, "/api/denials"), (.delete, "/api/denials/x"),
                ] {
                    // The body is not read before.
                    let answer = try await server.call(method, path, method == .post ? "{" : nil, token: token.text)
                    #expect(answer.problem == "not-allowed", "\(grant) \(method) \(path)")
                }
                let log = try await server.get("/api/audit/access", token: token.text)
                #expect(log.status == (grant == "auditor:#/*" ? 200 : 403))
            }
            let admin = try await server.token("admin:#/prod")
            #expect(try await server.get("/api/denials", token: admin.text).status == 403)
            #expect(try await server.get("/api/audit/access", token: admin.text).status == 403)
        }
    }
}
