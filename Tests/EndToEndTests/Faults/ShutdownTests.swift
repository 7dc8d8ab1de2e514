import ConfigModel
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// SIGTERM finishes what is in flight, ends with code 0 and loses nothing.
    @Suite struct ShutdownTests {
        @Test func aRegistryUnderLoadFinishesWhatItHasBegunAndAnnouncesItBeforeItEnds() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish("{}", as: bench.parsing)
                let writers = Writers(key: bench.parsing, registries: [registry])
                try await withThrowingTaskGroup { group in
                    group.addTask { await writers.runUntilCancelled(count: 8) }
                    try await eventually("50 acknowledged versions") {
                        writers.recorder.operations.count { $0.version != nil } >= 50
                    }
                    registry.process.send(SIGTERM)
                    #expect(try await registry.process.waitForExit() == .exited(0))
                    group.cancelAll()
                }
                let last = writers.recorder.lastAcknowledged(of: bench.parsing)
                try await announcements.versions(upTo: last, of: bench.parsing)

                let next = try await bench.startRegistry()
                let history = try await next.history(of: bench.parsing)
                #expect(HistoryCheck.violations(in: history) == [])
                #expect(AcknowledgementCheck.violations(of: writers.recorder.operations, in: history) == [])
            }
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func aRegistryEndsAlthoughWatchersHangOnItAndTheyFollowTheNextOne(signal: Int32) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let watchers = try TestBench.WatcherSource.allCases.map {
                    try bench.startWatcher(of: "parsing", at: registry, over: $0)
                }
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                for watcher in watchers { try await watcher.report("applied", 1, of: bench.parsing) }
                registry.process.send(signal)
                #expect(try await registry.process.waitForExit() == .exited(0))
                let next = try await bench.startRegistry(port: registry.port)
                try await next.publish(#"{"n": 2}"#, as: bench.parsing)
                for watcher in watchers { try await watcher.report("applied", 2, of: bench.parsing) }
            }
        }

        @Test func aRegistryEndsAlthoughTheBrokerSaysNothingTheNextOneAnnouncesWhatWasLeft() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.brokerProxy()
                let registry = try await bench.startRegistry(bus: .rabbitMQ(uri: uri))
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await announcements.versions(upTo: 1, of: bench.parsing)
                proxy.freeze()
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                registry.process.send(SIGTERM)
                #expect(try await registry.process.waitForExit() == .exited(0))
                _ = try await bench.startRegistry()
                try await announcements.versions(upTo: 2, of: bench.parsing)
            }
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func aSecondSignalEndsARegistryAtOnce(signal: Int32) async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.brokerProxy()
                let registry = try await bench.startRegistry(bus: .rabbitMQ(uri: uri))
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                // The registry waits for the broker's word before it ends.
                proxy.freeze()
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                registry.process.send(SIGTERM)
                try await eventually("the registry takes no more requests") {
                    do {
                        _ = try await registry.status()
                        return false
                    } catch {
                        return true
                    }
                }
                registry.process.send(signal)
                #expect(try await registry.process.waitForExit() == .exited(128 + signal))
                for await _ in registry.process.errors {}
                #expect(registry.process.errors.text.contains("second signal"))
            }
        }

        @Test(arguments: TestBench.WatcherSource.allCases)
        func aWatcherEnds(source: TestBench.WatcherSource) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: source)
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                watcher.process.send(SIGTERM)
                let status = try await watcher.process.waitForExit()
                #expect(status == .exited(0), "\(watcher.process.errors.text)")
                #expect(try watcher.applied(bench.parsing) == [1])
            }
        }

        @Test func anAuditEndsWithAWholeLastLineAndGoesOnThereWhenItIsStartedAgain() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let first = try bench.startAudit(of: registry)
                for version in 1...20 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                try await first.entries(5, about: bench.parsing)
                first.process.send(SIGTERM)
                #expect(try await first.process.waitForExit() == .exited(0))
                #expect(FileManager.default.contents(atPath: first.file)?.last == UInt8(ascii: "\n"))

                try await registry.publish(#"{"n": 21}"#, as: bench.parsing)
                let second = try bench.startAudit(of: registry)
                let entries = try await second.entries(21, about: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: try await registry.history(of: bench.parsing)) == [])
                #expect(AuditCheck.brokenLinks(in: entries) == [])
            }
        }
    }
}
