import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension TLSTests {
    /// What a registry with a certificate speaks, and with whom.
    @Suite struct ServedTLSTests {
        @Test(arguments: [("-tls1", false), ("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)])
        func tls12And13AreSpokenAndNothingOlder(_ version: String, _ isSpoken: Bool) async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                #expect(registry.url.hasPrefix("https://127.0.0.1:"))
                let result = try await world.handshake(
                    with: registry, version, "-cipher", "DEFAULT@SECLEVEL=0", "-alpn", "http/1.1")
                #expect((result.status == .exited(0)) == isSpoken)
                #expect(result.errors.contains("Verification: OK") == isSpoken)
                #expect(try await registry.status() == .healthy)
            }
        }

        @Test func aClientThatBeginsNoHandshakeOrNoneOfTLSKeepsNoConnection() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                let socket = try TestSocket.connect(port: registry.port)
                #expect(socket.read() == [])
                #expect(try await registry.status() == .healthy)
            }
        }

        private static let commands = [
            ["get", "parsing"], ["publish", "parsing"], ["set", "parsing", "a=1"], ["unset", "parsing", "a"], ["list"],
            ["history", "parsing"], ["diff", "parsing"], ["rollback", "parsing", "1"], ["delete", "parsing"],
            ["watch", "parsing", "--once", "--timeout", "2s"], ["doctor"], ["health"], ["token", "whoami"],
        ]

        @Test func anAddressWithTheWrongSchemeIsNamedByEveryCommand() async throws {
            try await TLSWorld.with { world in
                let encrypted = try await world.start()
                let plain = try await world.bench.startEmbedded([], directory: "plain")
                for (url, says) in [
                    ("http://127.0.0.1:\(encrypted.port)", "speaks TLS: begin the address with https://"),
                    ("https://127.0.0.1:\(plain.port)", "does not speak TLS, so that its address begins with http://"),
                ] {
                    for command in Self.commands {
                        let result = try await world.bench.configbus(
                            command + ["--url", url], input: "{}", environment: world.trust)
                        #expect(result.status == .exited(3), "\(command) \(result.errors)")
                        #expect((result.errors + result.output).contains(says), "\(command): \(result.errors)")
                        // It is no matter of a CA.
                        #expect(url.hasPrefix("https") || !result.errors.contains("--ca-file"))
                    }
                }
                #expect(try await encrypted.status() == .healthy)
            }
        }

        @Test func oneThousandDocumentsArriveOnAStreamByteByByteAsTheyWerePublished() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                let keys = try (1...1_000).map { try DocumentKey(service: "s\($0)", environment: "prod") }
                func content(_ number: Int) -> String {
                    #"{"n":\#(number),"text":"\#(String(repeating: "ä☃𝄞", count: number % 97))"}"#
                }
                let received = Task {
                    try await registry.client.withWatch { messages in
                        var contents: [DocumentKey: [UInt8]] = [:]
                        for try await case .event(let event) in messages where contents.count < keys.count {
                            contents[event.key] = event.content?.bytes
                            if contents.count == keys.count { break }
                        }
                        return contents
                    }
                }
                try await withThrowingTaskGroup { group in
                    for part in 0..<8 {
                        group.addTask {
                            for number in stride(from: part, to: keys.count, by: 8) {
                                try await registry.publish(content(number), as: keys[number])
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let contents = try await received.value
                for (number, key) in keys.enumerated() {
                    #expect(contents[key] == Content.canonicalBytes(content(number)))
                }
            }
        }

        @Test func aRegistryThatStopsEndsItsStreamsAndDoesNotWaitForAClientThatSaysNothing() async throws {
            try await TLSWorld.with { world in
                let registry = try await world.start()
                try await registry.publish("{}", as: world.bench.parsing)
                // One keeps its connection after an answer, one follows a stream.
                let idle = try world.bench.start(
                    TestAuthority.openssl,
                    ["s_client", "-quiet", "-ign_eof", "-connect", "127.0.0.1:\(registry.port)"],
                    input: "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                try await eventually("an answer") { idle.output.text.contains("alive") }
                let stream = Task {
                    try await registry.client.withWatch { messages in
                        for try await _ in messages {}
                    }
                }
                try await eventually("the stream") {
                    try await world.metric("watches_open", of: registry) == "1"
                }
                registry.process.send(SIGTERM)
                #expect(try await registry.process.waitForExit() == .exited(0))
                _ = await stream.result
            }
        }

        @Test(arguments: ["optional", "required"])
        func onlyTheCAOfTheClientsCountsAndOnlyWhereACertificateIsShownOrRequired(_ wanted: String) async throws {
            try await TLSWorld.with { world in
                let clients = try await TestAuthority("clients", in: world.bench.directory)
                let registry = try await world.bench.startEmbedded(
                    world.arguments + [
                        "--tls-client-ca", clients.certificate, "--tls-client-auth", wanted, "--auth", "off",
                    ])
                let good = try await clients.issue("good", names: ["URI:spiffe://test/good"])
                let foreign = try await world.authority.issue("foreign")
                let ended = try await clients.issue("ended", .ended)
                func list(_ own: TestCertificate?) async throws -> CommandResult {
                    let arguments = own.map { ["--client-cert", $0.certificate, "--client-key", $0.key] } ?? []
                    return try await world.bench.configbus(["list"] + arguments, at: registry, environment: world.trust)
                }
                #expect(try await list(good).status == .exited(0))
                #expect(try await list(nil).status == .exited(wanted == "optional" ? 0 : 3))
                for own in [foreign, ended] {
                    let refused = try await list(own)
                    #expect(refused.status == .exited(3))
                    #expect(refused.errors.contains("client certificate"))
                    #expect(refused.errors.split(separator: "\n").count == 1)
                }
                if wanted == "required" {
                    #expect(try await list(nil).errors.contains("it requires a client certificate"))
                }
            }
        }

        @Test func theCAOfTheClientsRequiresACredentialLikeTheOtherProofsOfAnIdentity() async throws {
            try await TLSWorld.with { world in
                let clients = try await TestAuthority("clients", in: world.bench.directory)
                let token = world.bench.path("admin.token")
                let registry = try await world.bench.startEmbedded(
                    world.arguments + ["--tls-client-ca", clients.certificate])
                let own = try await clients.issue("own", names: ["URI:spiffe://test/own"])
                // No file says whom the certificate stands for.
                for files in [[], ["--client-cert", own.certificate, "--client-key", own.key]] {
                    let refused = try await world.bench.configbus(
                        ["list"] + files, at: registry, environment: world.trust)
                    #expect(refused.status == .exited(4), "\(refused.errors)")
                }
                registry.process.send(SIGTERM)
                _ = try await registry.process.waitForExit()
                let data = world.bench.path("data")
                let made = try await world.bench.configbus("token", "bootstrap", "--data-dir", data, "--out", token)
                #expect(made.status == .exited(0))
                let again = try await world.bench.startEmbedded(
                    world.arguments + ["--tls-client-ca", clients.certificate])
                let listed = try await world.bench.configbus(
                    ["list", "--token-file", token], at: again, environment: world.trust)
                #expect(listed.status == .exited(0), "\(listed.errors)")
            }
        }
    }
}

extension Content {
    fileprivate static func canonicalBytes(_ json: String) -> [UInt8]? {
        (try? Content(parsing: Array(json.utf8)))?.bytes
    }
}
