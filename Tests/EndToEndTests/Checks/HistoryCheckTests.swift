import ConfigModel
import TestSupport
import Testing

/// The checkers are worth something only when each refuses a wrong history.
@Suite("Checkers: stored versions and acknowledgements") struct HistoryCheckTests {
    private let history: [VersionRecord]

    init() throws { history = try SampleHistory.versions(5) }

    @Test func aHistoryWithoutAFaultPassesInAnyOrder() {
        #expect(HistoryCheck.violations(in: history.shuffled()) == [])
        #expect(HistoryCheck.violations(in: []) == [])
    }

    @Test(arguments: [[0, 1, 3, 4], [0, 1, 1, 2], [1, 2, 3]])
    func aGapADuplicateAndAStartAbove1AreFound(indexes: [Int]) {
        #expect(HistoryCheck.violations(in: indexes.map { history[$0] }).isEmpty == false)
    }

    @Test func aBrokenChainIsFound() throws {
        let other = try SampleHistory.versions(5, author: "somebody else")
        #expect(HistoryCheck.violations(in: Array(history[..<3]) + Array(other[3...])).count == 1)
    }

    @Test func oneChangeThatBecameTwoVersionsIsFound() throws {
        #expect(HistoryCheck.violations(in: try SampleHistory.versions(3) { _ in "the same" }).count == 1)
    }

    @Test func whatWasAcknowledgedAndIsStoredPassesWhetherTheRestWasRefusedOrIsUnknown() throws {
        let operations = history.map { SampleHistory.operation($0) }
        let lost = try SampleHistory.versions(7)[6]
        let others = [
            SampleHistory.operation(lost, .refused("conflict")), SampleHistory.operation(lost, .unknown("time-out")),
            SampleHistory.operation(history[2], .unknown("time-out")),
        ]
        #expect(AcknowledgementCheck.violations(of: operations + others, in: history) == [])
    }

    @Test func anAcknowledgedVersionThatIsLostRenumberedOrChangedIsFound() throws {
        let operation = SampleHistory.operation(history[4])
        #expect(AcknowledgementCheck.violations(of: [operation], in: Array(history[..<4])).count == 1)
        let renumbered = SampleHistory.operation(history[4], .acknowledged(version: 4))
        #expect(AcknowledgementCheck.violations(of: [renumbered], in: history).count == 1)
        let changed = SampleHistory.operation(history[4], contentHash: history[0].content.hash)
        #expect(AcknowledgementCheck.violations(of: [changed], in: history).count == 1)
    }

    @Test func aRefusedWriteThatIsStoredNeverthelessIsFound() {
        let operation = SampleHistory.operation(history[2], .refused("conflict"))
        #expect(AcknowledgementCheck.violations(of: [operation], in: history).count == 1)
    }

    @Test func aCompareAndSetThatSucceededOnAnotherVersionIsFound() {
        #expect(
            AcknowledgementCheck.violations(of: [SampleHistory.operation(history[4], expected: 4)], in: history) == [])
        let wrong = SampleHistory.operation(history[4], expected: 2)
        #expect(AcknowledgementCheck.violations(of: [wrong], in: history).count == 1)
    }

    @Test func aLowerVersionThatWasBegunAfterAHigherOneWasAcknowledgedIsFound() {
        let now = ContinuousClock.now
        func operation(_ index: Int, from start: Int, to end: Int) -> WriteOperation {
            SampleHistory.operation(history[index], began: now + .seconds(start), ended: now + .seconds(end))
        }
        let concurrent = [operation(0, from: 0, to: 9), operation(1, from: 1, to: 2)]
        #expect(AcknowledgementCheck.violations(of: concurrent, in: history) == [])
        let late = [operation(0, from: 3, to: 9), operation(1, from: 1, to: 2)]
        #expect(AcknowledgementCheck.violations(of: late, in: history).count == 1)
    }
}
