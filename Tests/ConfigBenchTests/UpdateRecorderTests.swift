import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigBench

/// What a measurement keeps in memory while it runs.
@Suite(.timeLimit(.minutes(1))) struct UpdateRecorderTests {
    /// A watcher that falls behind goes on with the newest version: what it left out will never be applied.
    @Test(arguments: [1, 2, 64]) func versionsThatWereLeftOutAreCountedToo(_ step: Int64) throws {
        let ledger = UpdateRecorder(watchers: 1)
        var chain = try VersionChain("parsing/prod")
        ledger.startMeasuring()
        for version in 1...512 as ClosedRange<Int64> {
            let record = chain.next()
            let message = ConfigEvent(record).eventID
            let sentAt = ContinuousClock.now
            ledger.announced(message: message)
            ledger.received(message: message)
            if version.isMultiple(of: step) { ledger.applied(.init(key: record.key, version: version)) }
            ledger.stored(record, sentAt: sentAt, storedAt: .now)
        }
        #expect(ledger.uncounted == 0)
    }

    @Test func whatMayStillBeAppliedIsKept() throws {
        let ledger = UpdateRecorder(watchers: 2)
        var chain = try VersionChain("parsing/prod")
        for version in 1...512 as ClosedRange<Int64> {
            let record = chain.next()
            for _ in 0..<(version == 1 ? 1 : 2) { ledger.applied(.init(key: record.key, version: version)) }
            ledger.stored(record, sentAt: .now, storedAt: .now)
        }
        // Nothing was announced: everything may still happen to all of them.
        #expect(ledger.uncounted == 512)
    }
}
