import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Nothing that happens to the broker fails or slows a write; what it missed is announced later.
    @Suite struct BrokerAwayTests {
        @Test func aRegistryStartsAndTakesWritesWithoutABrokerSaysSoAndAnnouncesWhenTheBrokerIsThere() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.brokerProxy()
                proxy.cut()
                let registry = try await bench.startRegistry(bus: .rabbitMQ(uri: uri))
                let announcements = try await bench.recordAnnouncements()
                for version in 1...3 {
                    #expect(try await registry.publish("{}", as: bench.parsing).version == Int64(version))
                }
                #expect(try await registry.status() == .degraded)
                #expect(announcements.deliveries.isEmpty)
                proxy.mend()
                try await announcements.versions(upTo: 3, of: bench.parsing)
                try await eventually("a healthy registry") { try await registry.status() == .healthy }
            }
        }

        /// What can happen to a connection.
        enum Fault: CaseIterable {
            case cut
            case frozen
        }

        @Test(arguments: Fault.allCases)
        func writesGoOnWhileTheBrokerIsAwayOrSaysNothingAndAreAnnouncedAfterwards(fault: Fault) async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.brokerProxy()
                let registry = try await bench.startRegistry(bus: .rabbitMQ(uri: uri))
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await announcements.versions(upTo: 1, of: bench.parsing)
                switch fault {
                case .cut: proxy.cut()
                case .frozen: proxy.freeze()
                }
                for version in 2...6 {
                    #expect(
                        try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing).version == Int64(version))
                }
                #expect(try announcements.versions(of: bench.parsing) == [1])
                proxy.mend()
                try await announcements.versions(upTo: 6, of: bench.parsing)
                let history = try await registry.history(of: bench.parsing)
                let events = try announcements.events(about: bench.parsing)
                #expect(AnnouncementCheck.violations(of: events, for: history) == [])
            }
        }

        @Test func aWatcherWhoseConnectionToTheBrokerIsCutFindsWhatItMissed() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.brokerProxy()
                let registry = try await bench.startRegistry()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, broker: uri)
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                proxy.cut()
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                // The event is out and gone before the watcher can hear again.
                try await eventually("the announcement") { !announcements.deliveries.isEmpty }
                proxy.mend()
                try await watcher.report("applied", 2, of: bench.parsing)
            }
        }

        @Test func anAuditWhoseConnectionToTheBrokerIsCutWritesWhatItMissedOnce() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.brokerProxy()
                let registry = try await bench.startRegistry()
                let audit = try bench.startAudit(of: registry, broker: uri)
                for round in 1...3 {
                    try await registry.publish(#"{"n": \#(round)}"#, as: bench.parsing)
                    proxy.cut()
                    try await registry.publish(#"{"cut": \#(round)}"#, as: bench.parsing)
                    proxy.mend()
                }
                let entries = try await audit.entries(6, about: bench.parsing)
                #expect(AuditCheck.violations(of: entries, for: try await registry.history(of: bench.parsing)) == [])
            }
        }
    }
}
