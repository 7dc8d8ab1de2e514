import Glibc
import TestSupport
import Testing

extension FaultBench {
    /// The replica set loses its primary while change sets are committed.
    @Suite(.enabled(if: FaultLength.isLong, "It is one of the longer runs: CONFIGBUS_TEST_FAULTS=1"))
    struct ChangeSetFaultTests {
        @Test func setsThatAPrimaryCommittedWhileItLeftAreThereOnceOrNotAtAll() async throws {
            let servers = try #require(FaultServers.current)
            let settings = try await servers.settings()
            try await withBench(on: settings.servers) { bench in
                let registries = [try await bench.startRegistry(), try await bench.startRegistry()]
                let announcements = try await bench.recordAnnouncements()
                let writers = try SetWriters(at: registries.map(\.url))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await writers.run() }
                    for kill in [false, true, false, true] {
                        try await untilMore(50, writers)
                        let primary = try await settings.primary()
                        if kill {
                            try primary.process.send(SIGKILL)
                            _ = try await settings.primary(otherThan: primary)
                            try await untilMore(20, writers)
                            try await servers.start()
                        } else {
                            try await settings.stepDown(primary)
                        }
                    }
                    try await untilMore(50, writers)
                    group.cancelAll()
                }
                #expect(try await writers.violations(at: registries[0]) == [])
                #expect(writers.result.repetitions > 0, "No commit was interrupted.")
                try await writers.waitUntilAnnounced(announcements, at: registries[1])
            }
        }

        private func untilMore(_ count: Int, _ writers: SetWriters) async throws {
            let goal = writers.acknowledged + count
            try await eventually("\(goal) sets", within: .seconds(120)) { writers.acknowledged >= goal }
        }
    }
}
