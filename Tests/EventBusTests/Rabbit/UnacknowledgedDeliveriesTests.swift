import Testing

@testable import RabbitBus

struct UnacknowledgedDeliveriesTests {
    private func deliveries(upTo last: UInt64) -> UnacknowledgedDeliveries {
        var deliveries = UnacknowledgedDeliveries()
        for tag in 1...last { deliveries.add(tag) }
        return deliveries
    }

    @Test func everythingUpToATagIsOneAnswer() {
        var deliveries = deliveries(upTo: 10)
        #expect(deliveries.settle([3, 1, 2, 5]) == [.init(tag: 3, multiple: true), .init(tag: 5, multiple: false)])
        // 5 is answered already, 4 is what was missing.
        #expect(deliveries.settle([4]) == [.init(tag: 4, multiple: true)])
        #expect(deliveries.settle([6, 7, 8, 9, 10]) == [.init(tag: 10, multiple: true)])
    }

    @Test func answerNamesATagThatIsStillOutstanding() {
        var deliveries = deliveries(upTo: 4)
        #expect(deliveries.settle([2, 4]) == [.init(tag: 2, multiple: false), .init(tag: 4, multiple: false)])
        #expect(deliveries.settle([1, 3]) == [.init(tag: 3, multiple: true)])
    }

    @Test func tagThatIsNotOutstandingIsLeftOut() {
        var deliveries = deliveries(upTo: 3)
        #expect(deliveries.settle([0, 4, 99]) == [])
        #expect(deliveries.settle([2, 2]) == [.init(tag: 2, multiple: false)])
        #expect(deliveries.settle([2]) == [])
        #expect(deliveries.settle([1]) == [.init(tag: 1, multiple: true)])
        #expect(deliveries.settle([1, 2]) == [])
    }
}
