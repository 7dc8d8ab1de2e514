import ConfigModel
import Foundation
import TestSupport
import Testing

extension FaultBench {
    /// The disk of one party is full for a while.
    @Suite(.enabled(if: SmallDisk.isPossible, "Nobody but root may mount a small disk, and not everywhere"))
    struct DiskFaultTests {
        @Test func theDiskOfAWatchersCacheIsFull() async throws {
            try await withSmallDisk { disk in
                let scenario = FaultScenario(
                    name: "disk full for the watcher's cache and file",
                    injected: "no byte is left on the disk of its cache and its file for two phases",
                    parties: FaultParties(watcherDirectory: disk.path),
                    mark: { try $0.rejections(by: .handler) > 0 }
                ) { world in
                    try disk.fill()
                    try await world.hold(2)
                    try disk.empty()
                }
                try await scenario.run()
            }
        }

        @Test func theDiskOfTheAuditIsFull() async throws {
            try await withSmallDisk { disk in
                let scenario = FaultScenario(
                    name: "disk full for the audit", injected: "no byte is left on the disk of its log for two phases",
                    parties: FaultParties(auditDirectory: disk.path),
                    mark: { $0.world.audits.contains { $0.process.errors.text.contains("No space left on device") } }
                ) { world in
                    try disk.fill()
                    try await world.hold(2)
                    let audit = try #require(world.audits.last)
                    #expect(audit.process.exitStatus == nil, "it ended: \(audit.process.transcript)")
                    try disk.empty()
                }
                try await scenario.run()
            }
        }
    }
}

extension FaultEvidence {
    /// How often a watcher refused a version.
    fileprivate func rejections(by watcher: FaultWatcher) throws -> Int {
        try world.runs(of: watcher).reduce(0) { sum, run in
            sum + (try run.lines().count { $0.outcome == "rejected" })
        }
    }
}
