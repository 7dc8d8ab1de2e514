import EventBus
import RabbitBus
import TestSupport
import Testing

/// What needs the broker's administration command.
@Suite(
    .enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"),
    .enabled(if: BrokerControl.shared != nil, "\(BrokerControl.variable) is not set: run scripts/test"),
    .timeLimit(.minutes(3)))
struct RabbitBusAdministrationTests {
    /// The permissions that docs/operations.md gives to watchers: nothing but their own queue.
    @Test func watcherNeedsNoRightToDeclareTheExchange() async throws {
        let control = try #require(BrokerControl.shared)
        try await RabbitFixture.with { fixture in
            let user = "\(fixture.exchange).watcher"
            try await control.run("add_user", user, "secret")
            do {
                let queues = "^amq\\.gen-.*$"
                try await control.run(
                    "set_permissions", user, queues, queues,
                    "^(amq\\.gen-.*|\(fixture.exchange.replacing(".", with: "\\.")))$")
                let watcher = try fixture.bus(
                    uri: "amqp://\(user):secret@\(fixture.broker.host):\(fixture.broker.port)/")
                try await checkAsWatcher(watcher, fixture)
            } catch {
                try await control.run("delete_user", user)
                throw error
            }
            try await control.run("delete_user", user)
        }
    }

    private func checkAsWatcher(_ watcher: RabbitBus, _ fixture: RabbitFixture) async throws {
        try await watcher.withSubscription(fixture.temporary) { signals in
            let reader = SignalReader(signals)
            guard case .interrupted(let error) = try await reader.next() else {
                Issue.record("subscribed to an exchange that is not there")
                return
            }
            #expect(error.message.contains("is not there"))
            let registry = try fixture.bus()
            try await registry.running {
                while case .interrupted = try await reader.next() {}
                try await registry.publish(.sample("1", to: "config.x"))
                try await reader.expect("1")
            }
        }
    }
}
