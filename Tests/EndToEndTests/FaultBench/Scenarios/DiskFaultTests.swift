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
                    mark: { try $0.world.rejections(by: .handler) > 0 }
                ) { world in
                    try await disk.isFull("a version that a watcher cannot write") {
                        try world.rejections(by: .handler) > 0
                    }
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
                    mark: { $0.world.auditIsOutOfSpace }
                ) { world in
                    try await disk.isFull("an entry that the audit cannot write") { world.auditIsOutOfSpace }
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

extension SmallDisk {
    /// Fills the disk until somebody felt it. A file that is being replaced at that moment gives its space back, in which the
    /// next one finds room; so it is filled again and again.
    fileprivate func isFull(_ mark: String, _ condition: () throws -> Bool) async throws {
        try await eventually(mark, within: .seconds(60)) {
            try fill()
            return try condition()
        }
        try fill()
    }
}

extension FaultCluster {
    /// How often a watcher refused a version.
    fileprivate func rejections(by watcher: FaultWatcher) throws -> Int {
        try runs(of: watcher).reduce(0) { sum, run in sum + (try run.lines().count { $0.outcome == "rejected" }) }
    }

    /// An audit said so.
    fileprivate var auditIsOutOfSpace: Bool {
        audits.contains { $0.process.errors.text.contains("No space left on device") }
    }
}
