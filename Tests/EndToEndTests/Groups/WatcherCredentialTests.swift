import ConfigModel
import ConfigWatcher
import Foundation
import Logging
import RegistryAPI
import RegistryClient
import RegistryClientTLS
import RegistrySource
import TestSupport
import Testing

/// Watchers whose credential or certificate is wrong for a while.
@Suite("Credentials of watchers", .serialized, .timeLimit(.minutes(2)), .showsProcesses)
struct WatcherCredentialTests {
    enum Events: CaseIterable, Sendable {
        case stream
        case polling

        var source: EventSource { self == .stream ? .serverSentEvents : .polling(every: .milliseconds(100)) }
    }

    @Test(arguments: Events.allCases)
    func shortLivedTokensThatAreReplacedInTheirFileLeaveNoGap(events: Events) async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded(
                ["--auth", "required", "--bootstrap-file", bench.path("admin.token")])
            let admin = try RegistryClient(url: registry.url, credentials: .tokenFile(bench.path("admin.token")))
            let file = bench.path("watcher.token")
            try await replace(file, by: admin)
            bench.runBeside {
                while !Task.isCancelled {
                    try await Task.sleep(for: .seconds(1))
                    try await replace(file, by: admin)
                }
            }
            let client = try RegistryClient(url: registry.url, credentials: .tokenFile(file))
            let group = WatcherGroup(source: .registry(client, events: events.source), logger: nil)
            let watcher = try group.watch(key: "\(bench.parsing)")
            bench.runBeside { try await group.run() }
            // Four times as long as a token lives.
            let end = ContinuousClock.now + .seconds(8)
            var version: Int64 = 0
            while ContinuousClock.now < end {
                version = try await admin.publish(content(version), as: bench.parsing).record.version
                try await eventually("version \(version)", within: .seconds(5)) { watcher.current.version == version }
                try await Task.sleep(for: .milliseconds(50))
            }
            let statistics = watcher.statistics
            #expect(statistics.failures == 0 && statistics.successes == Int(version))
            #expect(watcher.state == .current)
        }
    }

    @Test(arguments: Events.allCases)
    func aWrongTokenIsOneErrorInTheLogAndIsOverAsSoonAsItsFileIsRight(events: Events) async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded(
                ["--auth", "required", "--bootstrap-file", bench.path("admin.token")])
            let admin = try RegistryClient(url: registry.url, credentials: .tokenFile(bench.path("admin.token")))
            _ = try await admin.publish(content(0), as: bench.parsing)
            let file = bench.path("watcher.token")
            try "wrong".write(toFile: file, atomically: true, encoding: .utf8)
            try await check(
                bench, try RegistryClient(url: registry.url, credentials: .tokenFile(file)), events,
                repair: { try await replace(file, by: admin, lifetime: .seconds(3_600)) })
        }
    }

    @Test(arguments: Events.allCases)
    func aForeignAuthorityIsOneErrorInTheLogAndIsOverAsSoonAsItsFileIsRight(events: Events) async throws {
        try await TLSWorld.with { world in
            let registry = try await world.start()
            try await registry.publish(#"{"n":1}"#, as: world.bench.parsing)
            let trusted = world.bench.path("trusted.pem")
            let foreign = try await TestAuthority("other", in: world.bench.directory)
            try world.replace(trusted, with: foreign.certificate)
            try await check(
                world.bench, try RegistryClient(url: registry.url, tls: RegistryTLS(caFile: trusted)), events,
                repair: { try world.replace(trusted, with: world.authority.certificate) })
        }
    }

    @Test(arguments: Events.allCases)
    func aNameThatDoesNotResolveIsOneErrorInTheLogAndNoEnd(events: Events) async throws {
        try await withBench(on: nil) { bench in
            let client = try RegistryClient(url: "https://registry.invalid:8000", tls: RegistryTLS(), proxy: .none)
            try await check(bench, client, events, repair: nil)
        }
    }

    @Test(arguments: Events.allCases)
    func aDocumentThatTheTokenDoesNotCoverIsRefusedAloneUntilItDoes(events: Events) async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded(
                ["--auth", "required", "--bootstrap-file", bench.path("admin.token")])
            let admin = try RegistryClient(url: registry.url, credentials: .tokenFile(bench.path("admin.token")))
            let other = try DocumentKey(service: "routing", environment: "prod")
            for key in [bench.parsing, other] { _ = try await admin.publish(content(0), as: key) }
            let file = bench.path("watcher.token")
            try await replace(file, by: admin, lifetime: .seconds(3_600), grants: ["reader:\(bench.parsing)"])
            let log = LogRecorder()
            let client = try RegistryClient(url: registry.url, credentials: .tokenFile(file))
            let group = WatcherGroup(source: .registry(client, events: events.source), logger: log.logger)
            let (watcher, refused) = (try group.watch(key: "\(bench.parsing)"), try group.watch(key: "\(other)"))
            bench.runBeside { try await group.run() }
            _ = try await watcher.ready()
            try await eventually("tried several times") { refused.statistics.failedRegistryReads >= 3 }
            #expect(refused.state == .starting && refused.health.reason?.contains("reader:\(other)") == true)
            try await follows(watcher, admin, 2...5)
            #expect(watcher.state == .current)
            let lines = { log.lines.filter { $0.level >= .notice }.map(\.message) }
            #expect(lines() == ["the registry does not let a document be read"])
            try await replace(file, by: admin, named: "wider", lifetime: .seconds(3_600))
            _ = try await refused.ready()
            for version: Int64 in 2...3 {
                _ = try await admin.publish(content(version), as: other)
                try await eventually("version \(version)") { refused.current.version == version }
            }
            try await follows(watcher, admin, 6...7)
            #expect(
                lines() == ["the registry does not let a document be read", "a document that was refused can be read"])
        }
    }

    private func follows(
        _ watcher: ConfigWatcher<ConfigDocument>, _ admin: RegistryClient, _ versions: ClosedRange<Int64>
    ) async throws {
        for version in versions {
            _ = try await admin.publish(content(version), as: watcher.key)
            try await eventually("version \(version)") { watcher.current.version == version }
        }
    }

    /// Runs a group whose source cannot be read until it is repaired.
    private func check(
        _ bench: TestBench, _ client: RegistryClient, _ events: Events, repair: (() async throws -> Void)?
    ) async throws {
        let log = LogRecorder()
        let group = WatcherGroup(source: .registry(client, events: events.source), logger: log.logger)
        let watcher = try group.watch(key: "\(bench.parsing)")
        let running = Task { try await group.run() }
        defer { running.cancel() }
        try await eventually("tried several times") { watcher.statistics.failedRegistryReads >= 3 }
        #expect(watcher.state == .starting)
        #expect(log.lines.filter { $0.level == .error }.map(\.message) == ["the registry is away"])
        guard let repair else { return }
        try await repair()
        _ = try await watcher.ready()
        try await eventually("current") { watcher.state == .current }
        try await eventually("over") { log.lines.contains { $0.message == "the registry answers again" } }
        #expect(log.lines.filter { $0.level == .error }.count == 1)
        #expect(log.lines.filter { $0.message == "the registry answers again" }.count == 1)
    }

    private func content(_ number: Int64) throws -> Content { try Content(parsing: Array("{\"n\":\(number)}".utf8)) }

    /// Puts a new token in the place of the one before, at once.
    private func replace(
        _ file: String, by admin: RegistryClient, named name: String = "watcher", lifetime: Duration = .seconds(2),
        grants: [String] = ["reader:#/*"]
    ) async throws {
        let token = try await admin.createToken(
            TokenCreation(name: name, grants: grants, expiry: .after(lifetime)))
        try token.secretText.write(toFile: file, atomically: true, encoding: .utf8)
    }
}
