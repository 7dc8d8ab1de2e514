import ConfigModel
import TestSupport
import Testing

/// The checkers of refusals and of what handlers are given.
@Suite("Checkers: compare-and-set and handlers") struct CompareAndSetCheckTests {
    private let history: [VersionRecord]
    private let begin = ContinuousClock.now

    init() throws { history = try SampleHistory.versions(5) }

    /// Version `n` was made between second `10n` and second `10n + 1`.
    private var writes: [WriteOperation] {
        history.map { record in
            let second = 10 * Int(record.version)
            return SampleHistory.operation(
                record, began: begin + .seconds(second), ended: begin + .seconds(second + 1))
        }
    }

    /// A writer that demanded a version and was told another one, between two seconds.
    private func refusal(_ expected: Int64?, current: Int64, _ seconds: ClosedRange<Int>) throws -> WriteOperation {
        let unstored = try SampleHistory.versions(6)[5]
        return SampleHistory.operation(
            unstored, .outdated(current: current), expected: expected, began: begin + .seconds(seconds.lowerBound),
            ended: begin + .seconds(seconds.upperBound))
    }

    private func violations(_ refusal: WriteOperation) -> [String] {
        CompareAndSetCheck.violations(of: writes + [refusal], in: history)
    }

    @Test(arguments: [(2, 25...26), (3, 25...31), (2, 31...32), (5, 55...99)])
    func aRefusalThatWasTrueAtSomeMomentBetweenCallAndResponsePasses(current: Int64, seconds: ClosedRange<Int>) throws {
        #expect(violations(try refusal(1, current: current, seconds)) == [])
    }

    @Test func aRefusalForAVersionThatHadBeenFollowedBeforeTheWriterAskedIsFound() throws {
        #expect(violations(try refusal(1, current: 2, 32...33)).count == 1)
    }

    @Test func aRefusalForAVersionThatWasNotMadeYetOrNeverIsFound() throws {
        #expect(violations(try refusal(1, current: 3, 25...29)).count == 1)
        #expect(violations(try refusal(1, current: 6, 55...56)).count == 1)
    }

    @Test func aRefusalOfTheDemandedVersionItselfOrOfAWriterThatDemandedNoneIsFound() throws {
        #expect(violations(try refusal(2, current: 2, 25...26)).count == 1)
        #expect(violations(try refusal(nil, current: 2, 25...26)).count == 1)
    }

    @Test func aWriteWhoseWriterNeverLearnedOfItProvesNoEndOnlyABeginning() throws {
        let writes = writes.map { write in
            WriteOperation(
                key: write.key, changeID: write.changeID, contentHash: write.contentHash, expected: nil,
                began: write.began, ended: write.ended, outcome: .unknown("time-out"))
        }
        let late = try refusal(1, current: 2, 32...33)
        #expect(CompareAndSetCheck.violations(of: writes + [late], in: history) == [])
        let early = try refusal(1, current: 3, 25...29)
        #expect(CompareAndSetCheck.violations(of: writes + [early], in: history).count == 1)
    }

    @Test func aRefusedCompareAndSetThatIsStoredNeverthelessIsFound() {
        let operation = SampleHistory.operation(history[2], .outdated(current: 2), expected: 1)
        #expect(AcknowledgementCheck.violations(of: [operation], in: history).count == 1)
    }

    @Test func aHandlerThatWasGivenAVersionThatIsNotStoredOrOtherBytesThanThoseIsFound() {
        func delivery(_ version: Int64, _ hash: String) -> HandlerCheck.Delivery {
            HandlerCheck.Delivery(key: history[0].key, version: version, contentHash: hash)
        }
        let good = history.map { delivery($0.version, $0.content.hash) }
        #expect(HandlerCheck.violations(of: good + good, for: history) == [])
        #expect(HandlerCheck.violations(of: [delivery(6, "sha256:0")], for: history).count == 1)
        #expect(HandlerCheck.violations(of: [delivery(2, history[2].content.hash)], for: history).count == 1)
    }
}
