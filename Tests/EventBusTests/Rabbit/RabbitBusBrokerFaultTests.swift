import EventBus
import RabbitBus
import TestSupport
import Testing

/// What every client of the broker feels; only with `CONFIGBUS_TEST_FAULTS=1`.
@Suite(
    .enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"),
    .enabled(if: BrokerControl.shared != nil, "\(BrokerControl.variable) is not set: run scripts/test"),
    .enabled(
        if: BrokerControl.mayDisturbOthers, "CONFIGBUS_TEST_FAULTS is not 1: it disturbs every client of the broker"),
    .serialized, .timeLimit(.minutes(3)))
struct RabbitBusBrokerFaultTests {
    @Test func alarmBlocksPublishingUntilItEnds() async throws {
        let control = try #require(BrokerControl.shared)
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus { $0.confirmTimeout = .seconds(1) }
            try await bus.running {
                try await control.run("set_vm_memory_high_watermark", "0.000001")
                // The broker sends it to a connection that publishes; what it does not read any more is not confirmed.
                let first = await #expect(throws: BusError.self) { try await bus.publish(.sample("1", to: "config.x")) }
                #expect(first?.code == .blocked)
                #expect(bus.status.isBlocked)
                let second = await #expect(throws: BusError.self) {
                    try await bus.publish(.sample("2", to: "config.x"))
                }
                #expect(second?.code == .blocked)
                try await control.run("set_vm_memory_high_watermark", "0.4")
                await bus.waitUntil { $0 == .connected }
                try await bus.publish(.sample("3", to: "config.x"))
            }
        }
    }

    @Test func subscriptionAndPublisherReturnAfterTheBrokerClosedEverything() async throws {
        let control = try #require(BrokerControl.shared)
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running {
                try await bus.withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await control.run("close_all_connections", "test")
                    let error = try await reader.resubscribed()
                    #expect(error.message.contains("CONNECTION_FORCED"))
                    await bus.waitUntil { $0 == .connected }
                    try await bus.publish(.sample("1", to: "config.x"))
                    try await reader.expect("1")
                }
            }
        }
    }

    @Test func brokerThatStopsAndStartsIsFoundAgain() async throws {
        let control = try #require(BrokerControl.shared)
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus()
            try await bus.running {
                try await bus.withSubscription(fixture.durable) { signals in
                    let reader = SignalReader(signals)
                    try await reader.subscribed()
                    try await bus.publish(.sample("1", to: "config.x"))
                    _ = try await reader.delivery()
                    try await control.run("stop_app")
                    await bus.waitUntil(\.isDisconnected)
                    try await control.run("start_app")
                    _ = try await reader.resubscribed()
                    // It was not acknowledged, and the queue is durable.
                    try await reader.expect("1")
                    await bus.waitUntil { $0 == .connected }
                    try await bus.publish(.sample("2", to: "config.x"))
                    try await reader.expect("2")
                }
            }
        }
    }
}
