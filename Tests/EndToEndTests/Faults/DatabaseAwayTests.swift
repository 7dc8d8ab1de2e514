import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Without its database a registry says so at once, and nothing is half done.
    @Suite struct DatabaseAwayTests {
        @Test func aWriteWhileTheDatabaseIsAwayIsA503ThatSaysWhenToComeAgainAndLeavesNoTrace() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.databaseProxy()
                let registry = try await bench.startRegistry(store: .mongodb(uri: uri))
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                proxy.cut()
                let error = try await #require(throws: RegistryClientError.self) {
                    try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                }
                #expect(error.status == 503)
                #expect(error.retryAfter != nil)
                #expect(error.changeID != nil)
                #expect(error.message.count > 20)
                try await eventually("an unhealthy registry") { try await registry.status() == .unhealthy }

                proxy.mend()
                let record = try await eventually("the database is back") {
                    try await registry.publish(#"{"n": 3}"#, as: bench.parsing)
                }
                let history = try await registry.history(of: bench.parsing)
                // The refused write is repeated by the client for a while: it is there once or not at all.
                #expect(HistoryCheck.violations(in: history) == [])
                #expect(history.last == record)
                #expect([2, 3].contains(history.count))
                try await announcements.versions(upTo: record.version, of: bench.parsing)
            }
        }

        @Test func theCommandLineSaysThatTheStoreIsAwayAndEndsWithCode3() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.databaseProxy()
                let registry = try await bench.startRegistry(store: .mongodb(uri: uri))
                proxy.cut()
                let result = try await bench.configbus("publish", "parsing", at: registry, input: "{}")
                #expect(result.status == .exited(3))
                #expect(result.output == "")
                #expect(result.errors.hasPrefix("error: "))
            }
        }

        @Test func aRegistryDoesNotStartWithoutItsDatabaseAndSaysWhy() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.databaseProxy()
                proxy.cut()
                let arguments = try bench.serveArguments(store: .mongodb(uri: uri), bus: .inProcess)
                let result = try await bench.configbus(arguments)
                #expect(result.status == .exited(3))
                #expect(result.errors.contains("error: "))
                #expect(!result.errors.contains(uri))
            }
        }

        @Test func watchersRunOnWhileTheDatabaseIsAwayAndHearWhatComesAfterwards() async throws {
            try await withBench { bench in
                let (proxy, uri) = try bench.databaseProxy()
                let registry = try await bench.startRegistry(store: .mongodb(uri: uri))
                let watchers = try TestBench.WatcherSource.allCases.map {
                    try bench.startWatcher(of: "parsing", at: registry, over: $0)
                }
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                for watcher in watchers { try await watcher.report("applied", 1, of: bench.parsing) }
                proxy.cut()
                try await eventually("an unhealthy registry") { try await registry.status() == .unhealthy }
                proxy.mend()
                try await eventually("the database is back") {
                    try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                }
                let head = try await registry.history(of: bench.parsing).count
                for watcher in watchers { try await watcher.report("applied", Int64(head), of: bench.parsing) }
            }
        }
    }
}
