import ConfigModel
import EventBus
import Foundation
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// A person publishes; the store has it, the bus tells it, the services run it, the audit knows it.
    @Suite struct TheLoopTests {
        /// Nothing that a parser could round, reorder or drop on the way.
        private let written = """
            { "port": 5432, "big": 18446744073709551617, "ratio": 1.0, "tiny": 5E-324, "": {"$date": "x"},
              "é": "\\u00e9\\ud83d\\ude00", "e\u{301}": [null, true, {"b": 1, "a": 2}], "path": "a/b" }
            """

        @Test func whatAPersonPublishesIsWhatEverybodyHasByteForByte() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let announcements = try await bench.recordAnnouncements()
                let audit = try bench.startAudit(of: registry)
                let files = [bench.path("bus.json"), bench.path("sse.json")]
                let watchers = try zip(TestBench.WatcherSource.allCases, files).map { source, file in
                    try bench.startWatcher(of: "parsing", at: registry, over: source, ["--out", file])
                }

                let published = try await bench.configbus(
                    "publish", "parsing", "--environment", "prod", "--comment", "first", "--output", "json",
                    at: registry, input: written)
                let record = try published.record()
                let content = try Content(parsing: Array(written.utf8))
                #expect(record.version == 1)
                #expect(record.content == content)
                #expect(record.comment == "first")

                #expect(try await registry.client.content(ofVersion: 1, of: bench.parsing).content == content)
                for (watcher, file) in zip(watchers, files) {
                    let line = try await watcher.report("applied", 1, of: bench.parsing)
                    #expect(line.contentHash == content.hash)
                    #expect(FileManager.default.contents(atPath: file).map { Array($0) } == content.bytes)
                }
                try await announcements.versions(upTo: 1, of: bench.parsing)
                let event = try #require(try announcements.events(about: bench.parsing).first)
                #expect(event.content == content)
                #expect(event.recordHash == record.recordHash)
                let entry = try #require(try await audit.entries(1, about: bench.parsing).first)
                #expect(entry.newValue == .object(try content.object))
                #expect(entry.recordHash == record.recordHash)
            }
        }

        @Test func createUpdateDeleteAndCreateAgainReachWatchersAndAuditInOrderAndUnderNewNumbers() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let announcements = try await bench.recordAnnouncements()
                let audit = try bench.startAudit(of: registry)
                let watchers = try TestBench.WatcherSource.allCases.map {
                    try bench.startWatcher(of: "parsing", at: registry, over: $0)
                }

                // Each step is awaited: a watcher in a hurry may skip a version that has been replaced.
                for (step, outcome) in ["applied", "applied", "deleted", "applied", "applied"].enumerated() {
                    switch step {
                    case 2: _ = try await registry.client.delete(bench.parsing)
                    case 4: _ = try await registry.client.rollback(bench.parsing, to: 2)
                    default: try await registry.publish(#"{"step": \#(step)}"#, as: bench.parsing)
                    }
                    for watcher in watchers { try await watcher.report(outcome, Int64(step) + 1, of: bench.parsing) }
                }

                let history = try await registry.history(of: bench.parsing)
                #expect(history.map(\.changeType) == [.created, .updated, .deleted, .created, .updated])
                #expect(history.last?.restoredFrom == 2)
                #expect(HistoryCheck.violations(in: history) == [])
                for watcher in watchers {
                    #expect(WatcherCheck.violations(of: try watcher.lines(), for: history) == [])
                }
                try await announcements.versions(upTo: 5, of: bench.parsing)
                let events = try announcements.events(about: bench.parsing)
                #expect(AnnouncementCheck.violations(of: events, for: history) == [])
                #expect(AuditCheck.violations(of: try await audit.entries(5, about: bench.parsing), for: history) == [])
            }
        }

        @Test func eachAnnouncementIsRoutedByChangeAndByDocumentOncePersistentlyNamed() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish(#"{"a": 1}"#, as: bench.parsing)
                try await registry.publish(#"{"a": 2}"#, as: bench.parsing)
                _ = try await registry.client.delete(bench.parsing)
                try await announcements.versions(upTo: 3, of: bench.parsing)
                let deliveries = announcements.deliveries
                #expect(deliveries.map(\.routingKey) == ["config.created", "config.updated", "config.deleted"])
                #expect(deliveries.allSatisfy { $0.exchange == bench.exchange })
                let identifiers = try announcements.events(about: bench.parsing).map(\.eventID)
                #expect(deliveries.map(\.messageID) == identifiers)
                #expect(Set(identifiers).count == 3)
            }
        }

        @Test(arguments: TestBench.WatcherSource.allCases)
        func aWatcherAtOneRegistryHearsWhatIsPublishedAtAnother(source: TestBench.WatcherSource) async throws {
            try await withBench { bench in
                let here = try await bench.startRegistry()
                let there = try await bench.startRegistry()
                let watcher = try bench.startWatcher(of: "parsing", at: here, over: source)
                for version in 1...3 {
                    try await there.publish(#"{"n": \#(version)}"#, as: bench.parsing)
                    try await watcher.report("applied", Int64(version), of: bench.parsing)
                }
            }
        }

        @Test func oneWatcherFollowsSeveralServicesEachIntoAFileOfItsOwn() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let services = ["parsing", "billing", "tenants.acme"]
                let watcher = try bench.startWatcher(
                    of: "parsing", "billing", "tenants.acme", at: registry, ["--out", bench.path("{service}.json")])
                for service in services {
                    let key = try DocumentKey(service: service, environment: "prod")
                    let record = try await registry.publish(#"{"I am": "\#(service)"}"#, as: key)
                    try await watcher.report("applied", 1, of: key)
                    let file = FileManager.default.contents(atPath: bench.path("\(service).json"))
                    #expect(file.map { Array($0) } == record.content.bytes)
                }
                // Another environment is another document.
                try await registry.publish("{}", as: DocumentKey(service: "parsing", environment: "dev"))
                try await registry.publish(#"{"I am": "new"}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                #expect(try watcher.lines().allSatisfy { $0.key.environment == "prod" })
            }
        }
    }
}
