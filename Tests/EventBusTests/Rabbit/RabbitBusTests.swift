import EventBus
import RabbitBus
import TestSupport
import Testing

@Suite(.enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"), .timeLimit(.minutes(1)))
struct RabbitBusTests {
    @Test(arguments: EventBusBehaviour.allCases)
    func conforms(_ behaviour: EventBusBehaviour) async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running { try await behaviour.verify(on: bus, queue: fixture.queue) }
        }
    }

    @Test func propertiesAreExactlyThoseOfTheContract() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            let client = try await fixture.broker.rawClient()
            try await bus.running {
                try await client.declareQueue(fixture.queue, boundTo: fixture.exchange, "config.prod.parsing")
                try await bus.publish(
                    BusMessage(
                        routingKey: "config.updated", copyTo: ["config.prod.parsing", "config.x"], messageID: "the id",
                        type: "ConfigUpdated", timestamp: 1_790_000_001, body: Array("{}".utf8)))
            }
            // Flags and order of AMQP: content type, headers, delivery mode, message id, timestamp, type, user, application.
            let flags: [Int] = [15, 13, 12, 7, 6, 5, 4, 3]
            let copies = ["config.prod.parsing", "config.x"].flatMap {
                [UInt8(ascii: "S")] + AMQPBytes.long(Array($0.utf8))
            }
            let headers = AMQPBytes.short("CC") + [UInt8(ascii: "A")] + AMQPBytes.long(copies)
            var expected = AMQPBytes.integer(flags.reduce(0) { $0 | 1 << $1 }, 2)
            expected += AMQPBytes.short("application/json") + AMQPBytes.long(headers) + [2]
            expected +=
                AMQPBytes.short("the id") + AMQPBytes.integer(1_790_000_001, 8) + AMQPBytes.short("ConfigUpdated")
            expected += AMQPBytes.short(fixture.broker.user) + AMQPBytes.short("configbus")
            #expect(try await client.properties(ofNextIn: fixture.queue) == expected)
            #expect(try await client.properties(ofNextIn: fixture.queue) == nil)
        }
    }

    @Test func deliveryNamesExchangeAndVerifiedUser() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running {
                try await bus.withSubscription(fixture.temporary) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await bus.publish(.sample("1", to: "config.updated"))
                    let delivery = try await reader.delivery()
                    #expect(delivery.exchange == fixture.exchange)
                    #expect(delivery.userID == fixture.broker.user)
                }
            }
        }
    }

    @Test func moreMessagesThanTheWindowAreAllConfirmed() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus { $0.publishWindow = 8 }
            try await bus.running {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<1_000 {
                        group.addTask { try await bus.publish(.sample("\(number)", to: "config.updated")) }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func publishNeedsRun() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            for _ in 1...2 {
                let error = await #expect(throws: BusError.self) { try await bus.publish(.sample("1", to: "config.x")) }
                #expect(error?.code == .closed)
                #expect(bus.status.isDisconnected)
                // It can run again.
                try await bus.running { try await bus.publish(.sample("1", to: "config.x")) }
            }
        }
    }

    @Test func runsOnceAtATime() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running {
                let error = await #expect(throws: BusError.self) { try await bus.run() }
                #expect(error?.code == .invalid)
                try await bus.publish(.sample("1", to: "config.x"))
            }
        }
    }
}
