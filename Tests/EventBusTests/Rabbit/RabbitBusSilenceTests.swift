import EventBus
import RabbitBus
import TestSupport
import Testing

/// What happens when the broker sends nothing any more and no side closes the connection.
@Suite(.enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"), .timeLimit(.minutes(1)))
struct RabbitBusSilenceTests {
    @Test func missingHeartbeatsEndASubscription() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port, uriOptions: "heartbeat=1")
            try await bus.withSubscription(fixture.temporary) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                proxy.freeze()
                guard case .interrupted(let error) = try await reader.next() else {
                    Issue.record("the silence was not noticed")
                    return
                }
                #expect(error.message.contains("heartbeat"))
                proxy.mend()
                while case .interrupted = try await reader.next() {}
            }
        }
    }

    @Test func missingConfirmationEndsInATimeout() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port, uriOptions: "heartbeat=60") {
                $0.confirmTimeout = .milliseconds(300)
            }
            try await bus.running {
                proxy.freeze()
                let error = await #expect(throws: BusError.self) { try await bus.publish(.sample("1", to: "config.x")) }
                #expect(error?.code == .timeout)
                proxy.mend()
                await bus.waitUntil { $0 == .connected }
                try await bus.publish(.sample("2", to: "config.x"))
            }
        }
    }

    /// The library hangs in here: the socket takes no more, and neither heartbeats nor confirmations are due.
    @Test func hangingSendIsCutFromOutside() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port, uriOptions: "heartbeat=600") {
                $0.hangLimit = .seconds(1)
                $0.confirmTimeout = .seconds(600)
                $0.silenceLimit = .seconds(600)
            }
            let body = [UInt8](repeating: 0x20, count: 1 << 20)
            let message = BusMessage(
                routingKey: "config.x", copyTo: [], messageID: "1", type: "", timestamp: 0, body: body)
            try await bus.running {
                proxy.freeze()
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<64 {
                        group.addTask {
                            let error = await #expect(throws: BusError.self) { try await bus.publish(message) }
                            #expect(error?.code == .unavailable)
                        }
                    }
                }
                proxy.mend()
                await bus.waitUntil { $0 == .connected }
                try await bus.publish(message)
            }
        }
    }

    @Test func cancelledPublishStopsWaiting() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port, uriOptions: "heartbeat=60") { $0.publishWindow = 1 }
            try await bus.running {
                proxy.freeze()
                // The first is sent, the second waits for room.
                let publishing = (1...2).map { number in
                    Task { try await bus.publish(.sample("\(number)", to: "config.x")) }
                }
                for task in publishing {
                    task.cancel()
                    let error = await #expect(throws: BusError.self) { try await task.value }
                    #expect(error?.code == .closed)
                }
                proxy.mend()
                try await bus.publish(.sample("3", to: "config.x"))
            }
        }
    }

    @Test func busAndSubscriptionEndAlthoughTheBrokerIsSilent() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            defer { proxy.close() }
            let bus = try fixture.bus(port: proxy.port)
            try await bus.running {
                try await bus.withSubscription(fixture.temporary) { signals in
                    try await SignalReader(signals).subscribed()
                    proxy.freeze()
                }
            }
            #expect(bus.status.isDisconnected)
        }
    }
}
