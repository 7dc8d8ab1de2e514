import EventBus
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct InProcessBusTests {
    @Test(arguments: EventBusBehaviour.allCases)
    func conforms(_ behaviour: EventBusBehaviour) async throws {
        try await behaviour.verify(on: InProcessBus(), queue: "queue")
    }

    @Test func deliveriesCarryTheExchange() async throws {
        let bus = InProcessBus(exchange: "mine")
        try await bus.withSubscription(BusSubscription(patterns: ["#"])) { signals in
            try await bus.publish(.sample("1", to: "k"))
            let reader = SignalReader(signals)
            try await reader.subscribed()
            #expect(try await reader.delivery().exchange == "mine")
        }
    }

    @Test func subscriptionOutlivesTheBusWithoutHarm() async throws {
        var bus: InProcessBus? = InProcessBus()
        let delivery = try await bus?.withSubscription(BusSubscription(patterns: ["#"])) { [bus] signals in
            try await bus?.publish(.sample("1", to: "k"))
            let reader = SignalReader(signals)
            try await reader.subscribed()
            return try await reader.delivery()
        }
        bus = nil
        delivery?.acknowledge()
        #expect(delivery?.messageID == "1")
    }
}
