import Testing

@testable import RabbitBus

struct AcknowledgementPaceTests {
    private let start = ContinuousClock.now
    private let delay = AcknowledgementPace.delay

    @Test func whatAReceiverTakesItsTimeForIsAnsweredAtOnce() {
        let pace = AcknowledgementPace()
        #expect(pace.lookAt == nil)
        #expect(pace.isDue(at: start))
    }

    @Test func whatComesSoonAfterADeliveryGoesTogether() {
        var pace = AcknowledgementPace()
        pace.delivered(at: start)
        pace.delivered(at: start + delay / 2)
        #expect(pace.lookAt == start + delay)
        #expect(!pace.isDue(at: start + delay / 2))
        #expect(pace.isDue(at: start + delay))
    }

    @Test(arguments: [(2, true, true), (2, false, false), (0, true, false)])
    func theSessionLooksAgainWhileReceiversKeepUp(_ count: Int, expectsMore: Bool, looksAgain: Bool) {
        var pace = AcknowledgementPace()
        pace.delivered(at: start)
        let end = start + delay
        pace.sent(count, expectsMore: expectsMore, at: end)
        #expect(pace.lookAt == (looksAgain ? end + delay : nil))
    }
}
