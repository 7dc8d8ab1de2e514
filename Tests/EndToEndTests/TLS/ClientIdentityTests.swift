import ConfigModel
import Foundation
import TestSupport
import Testing

extension TLSTests {
    /// Whom client certificates stand for.
    @Suite struct ClientIdentityTests {
        /// A registry that takes the certificates of one CA for identities.
        private struct Clients {
            let world: TLSWorld
            let authority: TestAuthority
            let registry: RunningRegistry
            let admin: String

            init(_ world: TLSWorld, _ wanted: String = "optional") async throws {
                self.world = world
                authority = try await TestAuthority("clients", in: world.bench.directory)
                let (identities, token) = (world.bench.path("identities.yaml"), world.bench.path("admin.token"))
                let entries = """
                    - uri: spiffe://example.org/parser
                      identity: parser
                      grants: ["watcher:parsing/*", "publisher:parsing/prod"]
                    - name: worker
                      identity: worker
                      grants: ["reader:#/*"]
                    """
                try entries.write(toFile: identities, atomically: true, encoding: .utf8)
                registry = try await world.bench.startEmbedded(
                    world.arguments + [
                        "--tls-client-ca", authority.certificate, "--tls-client-auth", wanted, "--tls-identities",
                        identities, "--bootstrap-file", token,
                    ], tls: world.tls)
                admin = try String(contentsOfFile: token, encoding: .utf8).trimmingCharacters(in: .newlines)
            }

            /// Runs a command with a certificate, a token, both or neither.
            func run(
                _ arguments: [String], _ own: TestCertificate?, token: String? = nil
            ) async throws -> CommandResult {
                let files = own.map { ["--client-cert", $0.certificate, "--client-key", $0.key] } ?? []
                let credential = token.map { ["CONFIGBUS_TOKEN": $0] } ?? [:]
                return try await world.bench.configbus(
                    arguments + files, at: registry, input: "{}",
                    environment: world.trust.merging(credential) { $1 })
            }

            func identity(_ own: TestCertificate?, token: String? = nil) async throws -> String {
                let result = try await run(["token", "whoami", "-o", "json"], own, token: token)
                return result.status == .exited(0) ? try result.object().string("identity") : "\(result.status)"
            }
        }

        @Test func aCertificateStandsForTheEntryThatNamesItsAlternativeName() async throws {
            try await TLSWorld.with { world in
                let clients = try await Clients(world)
                let parser = try await clients.authority.issue("parser", names: ["URI:spiffe://example.org/parser"])
                #expect(try await clients.identity(parser) == "cert:parser")
                let made = try await clients.run(
                    ["publish", "parsing", "-", "--environment", "prod", "-o", "json"], parser)
                #expect(try made.record().createdBy == "cert:parser")
                let worker = try await clients.authority.issue("worker", subject: "/CN=worker", names: [])
                #expect(try await clients.identity(worker) == "cert:worker")
                // Without a certificate and without a token.
                #expect(try await clients.run(["list"], nil).status == .exited(4))
            }
        }

        @Test func whatNoEntryNamesMayDoNothing() async throws {
            try await TLSWorld.with { world in
                let clients = try await Clients(world)
                let unmapped = [
                    try await clients.authority.issue("other", names: ["URI:spiffe://example.org/parser2"]),
                    // The common name says nothing beside another name.
                    try await clients.authority.issue(
                        "mixed", subject: "/CN=worker", names: ["DNS:worker.example.org"]),
                    try await clients.authority.issue("address", subject: "/CN=worker", names: ["IP:10.0.0.1"]),
                ]
                for own in unmapped {
                    #expect(try await clients.identity(own).hasPrefix("cert:unmapped/"))
                    let refused = try await clients.run(["list"], own)
                    #expect(refused.status == .exited(4) && refused.errors.contains("may read no documents"))
                }
                // A CA that is not that of the clients proves nothing at all.
                let foreign = try await world.authority.issue("foreign", names: ["URI:spiffe://example.org/parser"])
                #expect(try await clients.run(["list"], foreign).status == .exited(3))
            }
        }

        @Test func aTokenGoesBeforeTheCertificateAndGrantsAreNotAdded() async throws {
            try await TLSWorld.with { world in
                let clients = try await Clients(world, "required")
                let parser = try await clients.authority.issue("parser", names: ["URI:spiffe://example.org/parser"])
                #expect(try await clients.identity(parser, token: clients.admin) == "bootstrap")
                let made = try await clients.run(
                    ["token", "create", "ci", "--grant", "reader:other/*"], parser, token: clients.admin)
                let token = made.output.trimmingCharacters(in: .newlines)
                #expect(try await clients.identity(parser, token: token) == "ci")
                let get = ["get", "parsing", "--environment", "prod"]
                let publish = ["publish", "parsing", "-", "--environment", "prod"]
                #expect(try await clients.run(publish, parser).status == .exited(0))
                #expect(try await clients.run(get, parser).status == .exited(0))
                #expect(try await clients.run(get, parser, token: token).status == .exited(4))
                // Nor does the certificate make a wrong token good.
                #expect(try await clients.run(get, parser, token: token + "x").status == .exited(4))
                #expect(try await clients.run(get, nil, token: token).status == .exited(3))
            }
        }

        @Test func aDenialAndAChangedFileCountAtOnce() async throws {
            try await TLSWorld.with { world in
                let clients = try await Clients(world)
                let parser = try await clients.authority.issue("parser", names: ["URI:spiffe://example.org/parser"])
                #expect(try await clients.identity(parser) == "cert:parser")
                let added = try await clients.run(
                    ["denial", "add", "--identity", "cert:parser"], nil, token: clients.admin)
                #expect(added.status == .exited(0))
                #expect(try await clients.run(["list"], parser).status == .exited(4))
                try "[]".write(toFile: world.bench.path("identities.yaml"), atomically: true, encoding: .utf8)
                clients.registry.process.send(SIGHUP)
                try await eventually("an identity without entry") {
                    try await clients.identity(parser).hasPrefix("cert:unmapped/")
                }
            }
        }
    }
}
