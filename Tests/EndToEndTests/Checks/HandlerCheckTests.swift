import ConfigModel
import TestSupport
import Testing

@Suite("Checkers: handlers") struct HandlerCheckTests {
    private let history: [VersionRecord]

    init() throws { history = try SampleHistory.versions(5) }

    @Test func wholeVersionsPassAlsoTwiceAndWithGaps() {
        let deliveries = [1, 3, 3].map { delivery(history[$0]) }
        #expect(HandlerCheck.violations(of: deliveries, for: history) == [])
    }

    @Test func theBytesOfOneVersionUnderTheNumberOfAnotherAreFound() {
        let mixed = HandlerCheck.Delivery(
            key: history[0].key, version: history[2].version, contentHash: history[1].content.hash)
        #expect(HandlerCheck.violations(of: [delivery(history[1]), mixed], for: history).count == 1)
    }

    @Test func aVersionThatNobodyPublishedIsFound() {
        #expect(HandlerCheck.violations(of: [delivery(history[4])], for: Array(history.dropLast())).count == 1)
    }

    private func delivery(_ record: VersionRecord) -> HandlerCheck.Delivery {
        HandlerCheck.Delivery(key: record.key, version: record.version, contentHash: record.content.hash)
    }
}
