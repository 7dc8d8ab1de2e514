import EventBus
import RabbitBus
import TestSupport
import Testing

/// What happens when the broker does not let the bus do what it needs.
@Suite(.enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"), .timeLimit(.minutes(1)))
struct RabbitBusRefusalTests {
    private func firstError(_ bus: RabbitBus, _ subscription: BusSubscription) async throws -> BusError {
        try await bus.withSubscription(subscription) { signals in
            let reader = SignalReader(signals)
            let signal = try await reader.next()
            guard case .interrupted(let error) = signal else { throw UnexpectedSignal(signal, expected: "interrupted") }
            return error
        }
    }

    @Test(arguments: ["user:wr0ng@HOST/", "guest:wr0ng@HOST/", "LOGIN@HOST/no-such-virtual-host"])
    func wrongLoginIsForbidden(_ template: String) async throws {
        try await RabbitFixture.with { fixture in
            let broker = fixture.broker
            let uri = template.replacing("HOST", with: "\(broker.host):\(broker.port)")
                .replacing("LOGIN", with: "\(broker.user):\(broker.password)")
            let bus = try fixture.bus(uri: "amqp://\(uri)")
            let error = try await firstError(bus, fixture.temporary)
            #expect(error.code == .forbidden)
            #expect(!error.message.contains("wr0ng"))
        }
    }

    @Test func aPortOnWhichNoProgramListensIsAConnectionThatWasRefusedWithHostAndPort() async throws {
        try await RabbitFixture.with { fixture in
            let proxy = try fixture.broker.proxy()
            proxy.close()
            let error = try await firstError(try fixture.bus(uri: "amqp://127.0.0.1:\(proxy.port)"), fixture.temporary)
            #expect(error.message == "The broker at 127.0.0.1:\(proxy.port) cannot be reached: connection refused.")
        }
    }

    @Test func whatDoesNotSpeakAMQPIsNamedSo() async throws {
        let server = try ScriptedHTTPServer { _ in .silence }
        defer { server.close() }
        try await RabbitFixture.with { fixture in
            let uri = server.url.replacing("http://", with: "amqp://")
            let error = try await firstError(try fixture.bus(uri: uri), fixture.temporary)
            #expect(error.message.contains("The login of user 'guest'") && !error.message.contains("socket error"))
        }
    }

    @Test func exchangeOfAnotherKindIsRefusedUntilItIsGone() async throws {
        try await RabbitFixture.with { fixture in
            let client = try await fixture.broker.rawClient()
            try await client.declareExchange(fixture.exchange, kind: "direct")
            let bus = try fixture.bus()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await bus.run() }
                await bus.waitUntil {
                    if case .disconnected(let reason) = $0 { reason.contains("PRECONDITION_FAILED") } else { false }
                }
                #expect(try await firstError(bus, fixture.temporary).code == .forbidden)
                try await client.deleteExchange(fixture.exchange)
                await bus.waitUntil { $0 == .connected }
                group.cancelAll()
            }
        }
    }

    @Test func aDiagnosisMakesNoExchange() async throws {
        try await RabbitFixture.with { fixture in
            let bus = try fixture.bus { $0.missingExchange = .refuse }
            for _ in 1...2 {
                let error = try await firstError(bus, fixture.temporary)
                #expect(error.code == .missing)
                #expect(error.message.contains("'\(fixture.exchange)' does not exist"))
            }
            let client = try await fixture.broker.rawClient()
            try await client.declareExchange(fixture.exchange, kind: "topic")
            try await bus.withSubscription(fixture.temporary) { signals in
                let reader = SignalReader(signals)
                while case .interrupted = try await reader.next() {}
            }
        }
    }

    @Test(arguments: [MissingExchange.make, .makeAndWarn]) func otherSubscriptionsMakeIt(_ rule: MissingExchange)
        async throws
    {
        try await RabbitFixture.with { fixture in
            for _ in 1...2 {
                let bus = try fixture.bus { $0.missingExchange = rule }
                try await bus.withSubscription(fixture.temporary) { signals in
                    guard case .subscribed = try await SignalReader(signals).next() else {
                        Issue.record("not subscribed")
                        return
                    }
                }
            }
        }
    }

    @Test func queueOfAnotherKindIsRefused() async throws {
        try await RabbitFixture.with { fixture in
            let client = try await fixture.broker.rawClient()
            try await client.declareExchange(fixture.exchange, kind: "topic")
            try await client.declareQueue(fixture.queue, boundTo: fixture.exchange, "#")
            let error = try await firstError(try fixture.bus(), fixture.durable)
            #expect(error.code == .forbidden)
            #expect(error.message.contains("PRECONDITION_FAILED"))
        }
    }

    @Test(arguments: ["", "amq.topic", String(repeating: "x", count: 256)])
    func exchangeOfTheBrokerIsNotUsed(_ name: String) {
        let error = #expect(throws: BusError.self) {
            try RabbitBus(uri: "amqp://h", exchange: name, name: "n", options: RabbitBusOptions())
        }
        #expect(error?.code == .invalid)
    }
}
