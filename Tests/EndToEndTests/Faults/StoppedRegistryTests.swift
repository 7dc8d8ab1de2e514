import ConfigModel
import ConfigWatcher
import Glibc
import RegistryClient
import RegistrySource
import TestSupport
import Testing

/// A service that embeds a watcher, and a registry that stops.
@Suite("A service whose registry stops", .serialized, .timeLimit(.minutes(3)), .showsProcesses)
struct StoppedRegistryTests {
    private func watcher(
        _ bench: TestBench, _ registry: RunningRegistry, _ policy: StalenessPolicy
    ) throws -> ConfigWatcher<ConfigDocument> {
        try ConfigWatcher(
            key: "\(bench.parsing)", source: .registry(registry.client),
            options: WatcherOptions(pollInterval: .milliseconds(300), staleness: policy), logger: nil)
    }

    private func stop(_ registry: RunningRegistry) async throws {
        registry.process.send(SIGTERM)
        _ = try await registry.process.waitForExit()
    }

    @Test func isDegradedAfterItsTimeAndHealthyWhenTheRegistryIsBack() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let record = try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            let watcher = try watcher(bench, registry, .degrade(after: .seconds(2)))
            bench.runBeside { try await watcher.run() }
            _ = try await watcher.ready()
            try await eventually("healthy") { watcher.health.status == .healthy }
            try await stop(registry)
            try await eventually("degraded") { watcher.health.status == .degraded }
            let json = watcher.health.json
            #expect(json["status"] == .string("degraded") && json["version"] == .number(JSONNumber(1)))
            #expect(json["content_hash"] == .string(record.content.hash) && json["rejected_version"] == .null)
            let age = try #require(watcher.health.age)
            #expect(age >= .seconds(2))
            guard case .string(let reason) = json["reason"] else { throw NoReason() }
            #expect(
                reason.hasPrefix("For ") && reason.hasSuffix("there was no proof that the newest version is known."))
            _ = try await bench.startEmbedded(port: registry.port)
            try await eventually("healthy again") { watcher.health.status == .healthy }
            #expect(watcher.get("n", default: 0) == 1)
        }
    }

    @Test func endsWithNotProvenWhenThePolicySaysSoTheValueStaysReadable() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            let watcher = try watcher(bench, registry, .fail(after: .seconds(2)))
            let run = Task { try await watcher.run() }
            _ = try await watcher.ready()
            try await stop(registry)
            let error = await #expect(throws: WatcherError.self) { try await run.value }
            #expect(error?.code == .notProven)
            #expect(watcher.health.status == .unhealthy && watcher.health.state == .stopped)
            #expect(watcher.get("n", default: 0) == 1)
        }
    }

    @Test func afterAPublishAWaitingCallSeesTheVersionWhichNothingAnnounced() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            let watcher =
                try ConfigWatcher(
                    key: "\(bench.parsing)",
                    source: .registry(registry.client, events: .polling(every: .seconds(3_600))),
                    options: WatcherOptions(), logger: nil) as ConfigWatcher<ConfigDocument>
            bench.runBeside { try await watcher.run() }
            _ = try await watcher.ready()
            let version = try await registry.publish(#"{"n":2}"#, as: bench.parsing).version
            let snapshot = try await watcher.waitFor(version: version)
            #expect(snapshot.get("n", default: 0) == 2)
        }
    }

    private struct NoReason: Error {}
}

extension EndToEnd {
    /// A signal instead of an announcement.
    @Suite struct HangupOfWatchTests {
        @Test func itReadsTheRegistryAtOnceAndEndsNothing() async throws {
            try await withBench { bench in
                // What this registry announces stays inside it.
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .rabbitMQ, ["--poll-interval", "86400s"])
                try await watcher.report("applied", 1, of: bench.parsing)
                for version in 2...3 {
                    try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing)
                    watcher.process.send(SIGHUP)
                    try await watcher.report("applied", Int64(version), of: bench.parsing)
                }
                #expect(watcher.process.exitStatus == nil)
            }
        }
    }
}
