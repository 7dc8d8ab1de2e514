import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import RegistryClientTLS
import TestSupport
import Testing

/// An agent whose credential or certificate is wrong for a while, or is replaced all the time.
@Suite(.serialized, .timeLimit(.minutes(2)), .showsProcesses) struct AgentCredentialTests {
    private static func replace(
        _ file: String, by admin: RegistryClient, lifetime: Duration = .seconds(3_600)
    ) async throws {
        let token = try await admin.createToken(
            TokenCreation(name: "agent", grants: ["reader:#/*"], expiry: .after(lifetime)))
        try token.secretText.write(toFile: file, atomically: true, encoding: .utf8)
    }

    private static func startWithTokens(_ bench: TestBench) async throws -> (RunningRegistry, RegistryClient) {
        let registry = try await bench.startEmbedded(
            ["--auth", "required", "--bootstrap-file", bench.path("admin.token")])
        return (registry, try RegistryClient(url: registry.url, credentials: .tokenFile(bench.path("admin.token"))))
    }

    private static func writeSettings(_ bench: TestBench, _ registry: String) throws {
        try bench.write(
            """
            registry: {\(registry)}
            cache: cache
            status: 127.0.0.1:0
            documents: [{key: parsing/prod, path: out.json}]

            """, to: "agent.yaml")
    }

    @Test func shortLivedTokensThatAreReplacedInTheirFileLeaveNoGap() async throws {
        try await withBench(on: nil) { bench in
            let (registry, admin) = try await Self.startWithTokens(bench)
            let file = bench.path("agent.token")
            try await Self.replace(file, by: admin, lifetime: .seconds(2))
            bench.runBeside {
                while !Task.isCancelled {
                    try await Task.sleep(for: .seconds(1))
                    try await Self.replace(file, by: admin, lifetime: .seconds(2))
                }
            }
            try Self.writeSettings(bench, "url: '\(registry.url)', token_file: agent.token")
            let agent = try bench.startAgent()
            // Four times as long as a token lives.
            let end = ContinuousClock.now + .seconds(8)
            var version: Int64 = 0
            while ContinuousClock.now < end {
                let content = try Content(parsing: Array("{\"n\":\(version)}".utf8))
                version = try await admin.publish(content, as: bench.parsing).record.version
                try await agent.reports.report("applied", version, of: bench.parsing)
                try await Task.sleep(for: .milliseconds(100))
            }
            let lines = try agent.reports.lines(about: bench.parsing)
            #expect(lines.map(\.version) == Array(1...version) && lines.allSatisfy { $0.outcome == "applied" })
        }
    }

    @Test func aWrongTokenIsOneLineAndIsOverAsSoonAsItsFileIsRight() async throws {
        try await withBench(on: nil) { bench in
            let (registry, admin) = try await Self.startWithTokens(bench)
            _ = try await admin.publish(Content(parsing: Array(#"{"n":1}"#.utf8)), as: bench.parsing)
            try bench.write("wrong", to: "agent.token")
            try Self.writeSettings(bench, "url: '\(registry.url)', token_file: agent.token")
            try await Self.check(bench, saying: "It is tried again until it answers.") {
                try await Self.replace(bench.path("agent.token"), by: admin)
            }
        }
    }

    enum Distrust: CaseIterable {
        case otherAuthority
        case otherName
    }

    @Test(.enabled(if: TestAuthority.isAvailable, "openssl is not installed"), arguments: Distrust.allCases)
    func aCertificateThatProvesNothingIsOneLineAndIsOverAsSoonAsItIsRight(distrust: Distrust) async throws {
        try await TLSWorld.with { world in
            let bench = world.bench
            let registry = try await world.start()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            let trusted = bench.path("trusted.pem")
            switch distrust {
            case .otherAuthority:
                let foreign = try await TestAuthority("other", in: bench.directory)
                try world.replace(trusted, with: foreign.certificate)
            case .otherName:
                try world.replace(trusted, with: world.authority.certificate)
                let named = try await world.authority.issue("named", names: ["DNS:registry.example"])
                try world.install(named)
                registry.process.send(SIGHUP)
                let serial = try await world.serial(in: named.certificate)
                try await eventually("the other name") { try await world.serial(of: registry) == serial }
            }
            try Self.writeSettings(bench, "url: '\(registry.url)', ca_file: trusted.pem")
            try await Self.check(bench, saying: "certificate") {
                switch distrust {
                case .otherAuthority: try world.replace(trusted, with: world.authority.certificate)
                case .otherName:
                    try world.install(try await world.authority.issue("again"))
                    registry.process.send(SIGHUP)
                }
            }
        }
    }

    /// Runs an agent that cannot read its registry until that is repaired.
    private static func check(_ bench: TestBench, saying part: String, repair: () async throws -> Void) async throws {
        let agent = try bench.startAgent()
        let place = try await agent.statusPlace()
        try await agent.says(part)
        let (health, code) = try await bench.answer("/health", of: place)
        #expect(code == "503" && health.contains("parsing/prod: unhealthy"), "\(health)")
        try await repair()
        try await agent.reports.report("applied", 1, of: bench.parsing)
        try await agent.says("The registry answers again.")
        #expect(agent.process.exitStatus == nil)
        #expect(agent.process.errors.lines.count { $0.contains("It is tried again until it answers.") } == 1)
        #expect(try agent.reports.lines().allSatisfy { $0.outcome == "applied" })
    }
}
