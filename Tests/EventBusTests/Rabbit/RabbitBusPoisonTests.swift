import EventBus
import RabbitBus
import TestSupport
import Testing

/// Messages that others may put onto the bus, and that break a client built on the library's own reading functions.
@Suite(.enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"), .timeLimit(.minutes(1)))
struct RabbitBusPoisonTests {
    enum Poison: String, CaseIterable {
        /// The library recurses once a level.
        case deeplyNestedHeaders
        case deeplyNestedArrays
        case emptyHeaderKey
        case everyKindOfHeader
        case bodyOverTheLimit
        case unverifiedUser

        /// As deep as one frame can hold on a temporary queue; a durable one writes headers anew, for which the broker
        /// needs a time that grows with the square of the depth.
        func headers(isDurable: Bool) -> [UInt8] {
            switch self {
            case .deeplyNestedHeaders: AMQPBytes.nestedTables(depth: isDurable ? 1_000 : 18_000)
            case .deeplyNestedArrays:
                AMQPBytes.short("k") + AMQPBytes.nestedArrays(depth: isDurable ? 1_000 : 26_000)
            case .emptyHeaderKey: AMQPBytes.member("", "value")
            case .everyKindOfHeader: AMQPBytes.everyKindOfMember
            case .bodyOverTheLimit, .unverifiedUser: []
            }
        }

        var body: [UInt8] { Array(repeating: 7, count: self == .bodyOverTheLimit ? 300_000 : 10) }
    }

    @Test(arguments: Poison.allCases, [false, true])
    func neitherEndsNorStallsASubscription(_ poison: Poison, isDurable: Bool) async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus { $0.bodyLimit = 200_000 }
            let client = try await fixture.broker.rawClient()
            try await bus.running {
                try await bus.withSubscription(isDurable ? fixture.durable : fixture.temporary) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    for _ in 1...3 {
                        try await client.publish(
                            exchange: fixture.exchange, routingKey: "config.x",
                            headers: poison.headers(isDurable: isDurable), body: poison.body)
                    }
                    try await bus.publish(.sample("after", to: "config.x"))
                    if poison != .bodyOverTheLimit {
                        for _ in 1...3 {
                            let delivery = try await reader.delivery()
                            delivery.acknowledge()
                            #expect(delivery.body == poison.body)
                            #expect(delivery.userID == nil)
                            #expect(delivery.messageID == nil)
                        }
                    }
                    try await reader.expect("after")
                }
            }
        }
    }

    @Test func messageOverTheLimitDoesNotComeBack() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus { $0.bodyLimit = 1_000 }
            try await bus.running {
                try await bus.withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await bus.publish(.sample(String(repeating: "x", count: 200), to: "config.x"))
                    try await bus.publish(
                        BusMessage(
                            routingKey: "config.x", copyTo: [], messageID: "large", type: "", timestamp: 0,
                            body: [UInt8](repeating: 7, count: 1_001)))
                    try await bus.publish(.sample("after", to: "config.x"))
                    #expect(try await reader.text().utf8.count == 200)
                    try await reader.expect("after")
                }
                try await bus.publish(.sample("later", to: "config.x"))
                // A bus without this limit would be given it again.
                try await fixture.bus().withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await reader.expect("later")
                }
            }
        }
    }
}
