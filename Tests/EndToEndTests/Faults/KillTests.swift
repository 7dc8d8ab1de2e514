import ConfigModel
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// `kill -9` at the worst moment loses nothing and repeats nothing.
    @Suite struct KillTests {
        @Test func aRegistryThatIsKilledRightAfterItsResponseLosesNothingAndOthersAnnounceWhatItCouldNot() async throws
        {
            try await withBench { bench in
                let survivor = try await bench.startRegistry()
                let announcements = try await bench.recordAnnouncements()
                let watcher = try bench.startWatcher(of: "parsing", at: survivor)
                for version in 1...3 {
                    let (proxy, uri) = try bench.brokerProxy()
                    let victim = try await bench.startRegistry(bus: .rabbitMQ(uri: uri))
                    proxy.cut()
                    let record = try await victim.publish(#"{"n": \#(version)}"#, as: bench.parsing)
                    try await victim.process.kill9()
                    #expect(record.version == Int64(version))
                }
                let history = try await survivor.history(of: bench.parsing)
                #expect(history.map(\.version) == [1, 2, 3])
                #expect(HistoryCheck.violations(in: history) == [])
                try await announcements.versions(upTo: 3, of: bench.parsing)
                let events = try announcements.events(about: bench.parsing)
                #expect(AnnouncementCheck.violations(of: events, for: history) == [])
                try await watcher.report("applied", 3, of: bench.parsing)
            }
        }

        #if os(Linux)
            @Test func aProcessThatIsKilledLeavesNoSharedMemoryBehind() async throws {
                try await withBench { bench in
                    let registry = try await bench.startRegistry()
                    try await registry.process.kill9()
                    let left = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
                    #expect(left.filter { $0.hasSuffix("-\(registry.process.processID)") } == [])
                }
            }
        #endif

        @Test func aRegistryThatIsKilledInTheMiddleOfAWriteLoadLosesNoAcknowledgedVersion() async throws {
            try await withBench { bench in
                let survivor = try await bench.startRegistry()
                let victim = try await bench.startRegistry()
                let announcements = try await bench.recordAnnouncements()
                try await survivor.publish("{}", as: bench.parsing)
                let writers = Writers(key: bench.parsing, registries: [victim, survivor])
                try await withThrowingTaskGroup { group in
                    group.addTask { await writers.runUntilCancelled(count: 8) }
                    try await eventually("50 acknowledged versions") {
                        writers.recorder.operations.count { $0.version != nil } >= 50
                    }
                    try await victim.process.kill9()
                    let last = writers.recorder.lastAcknowledged(of: bench.parsing)
                    try await eventually("the survivor takes writes") {
                        writers.recorder.lastAcknowledged(of: bench.parsing) > last + 20
                    }
                    group.cancelAll()
                }
                let history = try await survivor.history(of: bench.parsing)
                #expect(HistoryCheck.violations(in: history) == [])
                #expect(AcknowledgementCheck.violations(of: writers.recorder.operations, in: history) == [])
                try await announcements.versions(upTo: Int64(history.count), of: bench.parsing)
                let events = try announcements.events(about: bench.parsing)
                #expect(AnnouncementCheck.violations(of: events, for: history) == [])
            }
        }

        @Test func anAuditThatIsKilledAgainAndAgainWritesNoLineTwiceAndLeavesNoneOut() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                var audit = try bench.startAudit(of: registry)
                var last = 0
                for round in 1...3 {
                    for _ in 1...10 {
                        last += 1
                        try await registry.publish(#"{"n": \#(last)}"#, as: bench.parsing)
                    }
                    // Somewhere in the middle of this round's entries.
                    try await audit.entries(last - 10 + round, about: bench.parsing)
                    try await audit.process.kill9()
                    try await registry.publish(#"{"n": "nobody listens"}"#, as: bench.parsing)
                    last += 1
                    audit = try bench.startAudit(of: registry)
                }
                let entries = try await audit.entries(last, about: bench.parsing)
                let history = try await registry.history(of: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: history) == [])
                #expect(AuditCheck.brokenLinks(in: entries) == [])
            }
        }

        @Test(arguments: TestBench.WatcherSource.allCases)
        func aWatcherThatIsKilledStartsFromTheLastKnownGoodVersionWhileTheRegistryIsAwayAndCatchesUp(
            source: TestBench.WatcherSource
        ) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let arguments = ["--out", bench.path("out.json"), "--cache", bench.path("cache")]
                let first = try bench.startWatcher(of: "parsing", at: registry, over: source, arguments)
                let record = try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await first.report("applied", 1, of: bench.parsing)
                // The cache is written behind the report.
                try await eventually("a file in the cache") {
                    try FileManager.default.contentsOfDirectory(atPath: bench.path("cache")).contains {
                        // One that is still being written has a hidden name.
                        $0.hasSuffix(".json") && !$0.hasPrefix(".")
                    }
                }
                try await first.process.kill9()
                try await registry.process.kill9()
                try FileManager.default.removeItem(atPath: bench.path("out.json"))

                let second = try bench.startWatcher(of: "parsing", at: registry, over: source, arguments)
                let line = try await second.report("applied", 1, of: bench.parsing)
                #expect(line.contentHash == record.content.hash)
                let file = FileManager.default.contents(atPath: bench.path("out.json"))
                #expect(file.map { Array($0) } == record.content.bytes)

                let again = try await bench.startRegistry(port: registry.port)
                try await again.publish(#"{"n": 2}"#, as: bench.parsing)
                try await second.report("applied", 2, of: bench.parsing)
                #expect(try second.applied(bench.parsing) == [1, 2])
            }
        }
    }
}
