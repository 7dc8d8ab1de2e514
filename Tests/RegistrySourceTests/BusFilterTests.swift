import EventBus
import Testing

@testable import RegistrySource

@Suite("Which messages of a bus are accepted")
struct BusFilterTests {
    private func isAccepted(
        exchange: String = "config.changes", userID: String? = nil, by filter: BusFilter
    ) -> Bool {
        let delivery = BusDelivery(
            routingKey: "config.updated", exchange: exchange, userID: userID, messageID: nil, isRedelivered: false,
            body: []
        ) {}
        return filter.refusal(of: delivery) == nil
    }

    @Test func anyExchangeButTheBrokersDefaultOneThroughWhichEveryClientReachesAQueueByItsName() {
        let filter = BusFilter(exchange: nil, publishers: nil)
        #expect(isAccepted(by: filter))
        #expect(isAccepted(exchange: "mine", by: filter))
        #expect(!isAccepted(exchange: "", by: filter))
    }

    @Test func oneExchangeOnly() {
        let filter = BusFilter(exchange: "mine", publishers: nil)
        #expect(isAccepted(exchange: "mine", by: filter))
        #expect(!isAccepted(exchange: "config.changes", by: filter))
    }

    @Test(arguments: [("registry", true), ("someone", false), (nil, false)])
    func namedPublishersOnlyAsTheBrokerCheckedThem(userID: String?, isExpected: Bool) {
        let filter = BusFilter(exchange: nil, publishers: ["registry"])
        #expect(isAccepted(userID: userID, by: filter) == isExpected)
    }
}
