import EventBus
import RabbitBus
import TestSupport
import Testing

/// What happens when the connection, the queue or the exchange goes away.
@Suite(.enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"), .timeLimit(.minutes(1)))
struct RabbitBusFaultTests {
    @Test func publishingResumesAfterTheConnectionWasLost() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port)
            try await bus.running {
                proxy.cut()
                await bus.waitUntil(\.isDisconnected)
                let error = await #expect(throws: BusError.self) { try await bus.publish(.sample("1", to: "config.x")) }
                #expect(error?.code == .unavailable)
                proxy.mend()
                await bus.waitUntil { $0 == .connected }
                try await bus.publish(.sample("2", to: "config.x"))
            }
        }
    }

    @Test func messagesOnTheirWayFailWithTheConnection() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port) { $0.publishWindow = 4 }
            try await bus.running {
                proxy.freeze()
                // Four are sent and not confirmed, six wait for room.
                let publishing = (0..<10).map { number in
                    Task { try await bus.publish(.sample("\(number)", to: "config.x")) }
                }
                proxy.cut()
                for task in publishing {
                    let error = await #expect(throws: BusError.self) { try await task.value }
                    #expect(error?.code == .unavailable)
                }
            }
        }
    }

    /// Wherever the session is with connecting when its subscription ends, and also when it then succeeds.
    @Test func subscriptionThatEndsBeforeItStandsSaysNothingAfterwards() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            for pause in 0..<100 {
                let signals = try await bus.withSubscription(fixture.temporary) { signals in
                    for _ in 0..<(20 * pause) { await Task.yield() }
                    return signals
                }
                for await signal in signals { Issue.record("a signal after the end: \(signal)") }
            }
        }
    }

    @Test func subscriptionSaysWhenItWasInterrupted() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let (publisher, subscriber) = (try fixture.bus(), try fixture.bus(port: proxy.port))
            try await publisher.running {
                try await subscriber.withSubscription(fixture.temporary) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    for round in 1...3 {
                        proxy.cut()
                        try await publisher.publish(.sample("missed", to: "config.x"))
                        proxy.mend()
                        #expect(try await reader.resubscribed().code == .unavailable)
                        try await publisher.publish(.sample("\(round)", to: "config.x"))
                        try await reader.expect("\(round)")
                    }
                }
            }
        }
    }

    @Test func brokerMayBeAwayAtTheStart() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            proxy.cut()
            let bus = try fixture.bus(port: proxy.port)
            try await bus.withSubscription(fixture.temporary) { signals in
                let reader = SignalReader(signals)
                guard case .interrupted(let error) = try await reader.next() else {
                    Issue.record("nothing says that the broker is away")
                    return
                }
                #expect(error.code == .unavailable)
                proxy.mend()
                while case .interrupted = try await reader.next() {}
                try await bus.running { try await bus.publish(.sample("1", to: "config.x")) }
                try await reader.expect("1")
            }
        }
    }

    @Test func queueDeletedUnderTheConsumerIsMadeAnew() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running {
                try await bus.withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await fixture.broker.rawClient().deleteQueue(fixture.queue)
                    #expect(try await reader.resubscribed().code == .unavailable)
                    try await bus.publish(.sample("1", to: "config.x"))
                    try await reader.expect("1")
                }
            }
        }
    }

    @Test func exchangeDeletedUnderTheSubscriberIsMadeAnew() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus { $0.bindingPeriod = .milliseconds(200) }
            try await bus.withSubscription(fixture.temporary) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                try await fixture.broker.rawClient().deleteExchange(fixture.exchange)
                #expect(try await reader.resubscribed().code == .unavailable)
                try await bus.running { try await bus.publish(.sample("1", to: "config.x")) }
                try await reader.expect("1")
            }
        }
    }

    @Test func exchangeDeletedUnderThePublisherIsMadeAnew() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running {
                try await fixture.broker.rawClient().deleteExchange(fixture.exchange)
                // Not confirmed: it went nowhere.
                let error = await #expect(throws: BusError.self) { try await bus.publish(.sample("1", to: "config.x")) }
                #expect(error?.code == .unavailable)
                await bus.waitUntil { $0 == .connected }
                try await bus.publish(.sample("2", to: "config.x"))
            }
        }
    }

    @Test func acknowledgementOfALostConnectionDoesNotCountOnTheNext() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let (publisher, subscriber) = (try fixture.bus(), try fixture.bus(port: proxy.port))
            try await publisher.running {
                try await subscriber.withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await publisher.publish(.sample("1", to: "config.x"))
                    let lost = try await reader.delivery()
                    proxy.cut()
                    proxy.mend()
                    _ = try await reader.resubscribed()
                    // The same message under the same number, on another connection.
                    _ = try await reader.delivery()
                    lost.acknowledge()
                }
                try await publisher.withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await reader.expect("1")
                }
            }
        }
    }
}
