import ConfigModel
import Glibc
import TestSupport
import Testing

extension FaultBench {
    /// Those who read die between taking a version and saying so.
    @Suite struct ReaderFaultTests {
        private static let rounds = 3

        @Test(arguments: FaultWatcher.allCases)
        func aWatcherIsKilledBetweenApplyAndAcknowledgement(watcher: FaultWatcher) async throws {
            let scenario = FaultScenario(
                name: "watcher killed between apply and acknowledgement (\(watcher))",
                injected: "three times `kill -9` right after it printed a version, then a new start",
                mark: { $0.world.runs(of: watcher).count == Self.rounds + 1 }
            ) { world in
                for _ in 1...Self.rounds {
                    let run = try #require(world.runs(of: watcher).last)
                    try await run.nextLine()
                    try await run.process.kill9()
                    try world.start(watcher)
                    try await world.hold(0.2)
                }
            }
            try await scenario.run()
        }

        @Test func theAuditIsKilledWhileItWrites() async throws {
            let scenario = FaultScenario(
                name: "audit killed while it writes", injected: "three times `kill -9` in the middle of its entries",
                mark: { $0.world.audits.count == Self.rounds + 1 }
            ) { world in
                for _ in 1...Self.rounds {
                    let audit = try #require(world.audits.last)
                    let count = try audit.lineCount()
                    try await eventually("another line of the audit") { try audit.lineCount() > count }
                    try await audit.process.kill9()
                    try world.startAudit()
                    try await world.hold(0.2)
                }
            }
            try await scenario.run()
        }
    }
}

extension RunningWatcher {
    /// Waits for a line that it has not printed yet.
    fileprivate func nextLine() async throws {
        let count = process.output.lines.count
        try await eventually("another line of the watcher") { process.output.lines.count > count }
    }
}
