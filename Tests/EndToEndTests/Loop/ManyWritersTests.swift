import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Any number of writers at any number of registries make one gap-free history.
    @Suite struct ManyWritersTests {
        @Test func with16WritersAtTwoRegistriesMake160ConsecutiveVersionsThatEverybodyTellsAlike() async throws {
            try await withBench { bench in
                let registries = [try await bench.startRegistry(), try await bench.startRegistry()]
                let announcements = try await bench.recordAnnouncements()
                let audit = try bench.startAudit(of: registries[0])
                let watchers = [
                    try bench.startWatcher(of: "parsing", at: registries[0], over: .rabbitMQ),
                    try bench.startWatcher(of: "parsing", at: registries[1], over: .serverSentEvents),
                ]
                try await registries[0].publish(#"{"writer": -1}"#, as: bench.parsing)

                let writers = Writers(key: bench.parsing, registries: registries)
                await writers.run(count: 16, updates: 10)
                #expect(writers.recorder.operations.filter { $0.version == nil }.map(\.outcome) == [])

                let history = try await registries[1].history(of: bench.parsing)
                #expect(history.count == 161)
                #expect(HistoryCheck.violations(in: history) == [])
                #expect(AcknowledgementCheck.violations(of: writers.recorder.operations, in: history) == [])
                for watcher in watchers {
                    try await watcher.report("applied", 161, of: bench.parsing)
                    #expect(WatcherCheck.violations(of: try watcher.lines(), for: history) == [])
                }
                try await announcements.versions(upTo: 161, of: bench.parsing)
                let events = try announcements.events(about: bench.parsing)
                #expect(AnnouncementCheck.violations(of: events, for: history) == [])
                let entries = try await audit.entries(161, about: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: history) == [])
                #expect(AuditCheck.brokenLinks(in: entries) == [])
            }
        }

        @Test func of16WritersThatDemandTheSameVersionOneWinsTheOthersAreToldTheCurrentOne() async throws {
            try await withBench { bench in
                let registries = [try await bench.startRegistry(), try await bench.startRegistry()]
                try await registries[0].publish("{}", as: bench.parsing)
                let writers = Writers(key: bench.parsing, registries: registries)
                await writers.run(count: 16, updates: 1, expected: 1)
                let outcomes = writers.recorder.operations.map(\.outcome)
                #expect(outcomes.filter { $0 == .acknowledged(version: 2) }.count == 1)
                #expect(outcomes.filter { $0 == .outdated(current: 2) }.count == 15)
                #expect(try await registries[1].history(of: bench.parsing).count == 2)
            }
        }

        @Test func theSameChangeSentToTwoRegistriesAtOnceIsOneVersion() async throws {
            try await withBench { bench in
                let registries = [try await bench.startRegistry(), try await bench.startRegistry()]
                let content = try Content(parsing: Array(#"{"a": 1}"#.utf8))
                let options = WriteOptions(changeID: "the-same-change")
                let versions = try await withThrowingTaskGroup(of: Int64.self) { group in
                    for attempt in 0..<8 {
                        let client = registries[attempt % 2].client
                        group.addTask { try await client.create(content, as: bench.parsing, options).version }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(versions == Array(repeating: 1, count: 8))
                #expect(try await registries[0].history(of: bench.parsing).count == 1)
            }
        }
    }
}
