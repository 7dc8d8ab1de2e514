import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Messages that no registry sent change nothing and stop nobody.
    @Suite struct PoisonTests {
        @Test func forgedBrokenAndReplayedEventsAreAppliedByNobodyAndTheNextTrueVersionByEverybody() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let audit = try bench.startAudit(of: registry)
                let watchers = try TestBench.WatcherSource.allCases.map {
                    try bench.startWatcher(of: "parsing", at: registry, over: $0)
                }
                let record = try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                for watcher in watchers { try await watcher.report("applied", 1, of: bench.parsing) }
                try await audit.entries(1, about: bench.parsing)

                let poisoner = try await bench.startPoisoner()
                for poison in try Poison.all(after: record) {
                    try await poisoner.publish(poison.body, about: bench.parsing)
                }
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)

                for watcher in watchers {
                    try await watcher.report("applied", 2, of: bench.parsing)
                    let history = try await registry.history(of: bench.parsing)
                    #expect(WatcherCheck.violations(of: try watcher.lines(), for: history) == [])
                    #expect(try watcher.lines().allSatisfy { $0.key == bench.parsing })
                    #expect(watcher.process.exitStatus == nil)
                }
                let entries = try await audit.entries(2, about: bench.parsing)
                let history = try await registry.history(of: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: history) == [])
                #expect(try audit.entries().count == 2)
                #expect(audit.process.exitStatus == nil)
                #expect(registry.process.exitStatus == nil)
            }
        }

        @Test func aFloodOfForgedVersionsDoesNotKeepAWatcherAndAnAuditFromTheTrueOne() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let audit = try bench.startAudit(of: registry)
                let watcher = try bench.startWatcher(of: "parsing", at: registry)
                let record = try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                let poisoner = try await bench.startPoisoner()
                let forgery = try #require(
                    try Poison.all(after: record).first { $0.description == "a forged next version" })
                try await withThrowingTaskGroup { group in
                    for _ in 1...500 {
                        group.addTask { try await poisoner.publish(forgery.body, about: bench.parsing) }
                    }
                    try await group.waitForAll()
                }
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                #expect(try watcher.applied(bench.parsing) == [1, 2])
                let entries = try await audit.entries(2, about: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: try await registry.history(of: bench.parsing)) == [])
            }
        }

        @Test func withTrustedKeysOnlyWhatTheKeySignedIsAppliedWhoeverServesIt() async throws {
            try await withBench { bench in
                let keys = ["signing.key", "other.key"].map(bench.path)
                for key in keys { #expect(try await bench.configbus("keys", "generate", key).status == .exited(0)) }
                let trusted = try await bench.configbus("keys", "list", keys[0], "--output", "text").output
                try trusted.write(toFile: bench.path("trusted"), atomically: true, encoding: .utf8)
                let registry = try await bench.startRegistry("--signing-key", keys[0])
                let watchers = try TestBench.WatcherSource.allCases.map {
                    try bench.startWatcher(
                        of: "parsing", at: registry, over: $0, ["--trusted-keys", bench.path("trusted")])
                }
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                for watcher in watchers { try await watcher.report("applied", 1, of: bench.parsing) }

                let impostor = try await bench.startRegistry("--signing-key", keys[1])
                try await impostor.publish(#"{"n": 2}"#, as: bench.parsing)
                for watcher in watchers { try await watcher.report("rejected", 2, of: bench.parsing) }
                try await registry.publish(#"{"n": 3}"#, as: bench.parsing)
                for watcher in watchers {
                    try await watcher.report("applied", 3, of: bench.parsing)
                    #expect(try watcher.applied(bench.parsing) == [1, 3])
                }
            }
        }

        @Test func anotherStoresEpochOnTheExchangeShowsInTheRegistrysHealth() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let record = try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await eventually("a healthy registry") { try await registry.status() == .healthy }
                let poisoner = try await bench.startPoisoner()
                let foreign = try #require(try Poison.all(after: record).first { $0.description == "a foreign epoch" })
                try await poisoner.publish(foreign.body, about: bench.parsing)
                try await eventually("a degraded registry") { try await registry.status() == .degraded }
                #expect(try await registry.publish(#"{"n": 2}"#, as: bench.parsing).version == 2)
            }
        }
    }
}
