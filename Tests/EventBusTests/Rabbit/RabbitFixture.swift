import EventBus
import RabbitBus
import TestSupport
import Testing

/// An exchange and the name of a durable queue that belong to one test, on the real broker.
struct RabbitFixture: Sendable {
    let broker: TestBroker
    let exchange: String
    let queue: String

    /// Runs a test and removes what it left on the broker.
    static func with(_ body: (RabbitFixture) async throws -> Void) async throws {
        let broker = try #require(TestBroker.shared)
        let name = "configbus.test.\(UInt64.random(in: .min ... .max))"
        let fixture = RabbitFixture(broker: broker, exchange: name, queue: "\(name).queue")
        let failure: (any Error)?
        do {
            try await body(fixture)
            failure = nil
        } catch {
            failure = error
        }
        let client = try await broker.rawClient()
        try await client.deleteQueue(fixture.queue)
        try await client.deleteExchange(fixture.exchange)
        if let failure { throw failure }
    }

    /// A bus on this exchange, through a proxy when a port is given.
    func bus(
        port: Int? = nil, uriOptions: String = "", _ configure: (inout RabbitBusOptions) -> Void = { _ in }
    ) throws -> RabbitBus {
        try bus(uri: broker.uri(port: port, options: uriOptions), configure)
    }

    func bus(uri: String, _ configure: (inout RabbitBusOptions) -> Void = { _ in }) throws -> RabbitBus {
        var options = RabbitBusOptions()
        // A handshake through a frozen proxy ends soon; a broker that works answers in milliseconds.
        options.handshakeTimeout = .seconds(2)
        options.longestPause = .seconds(1)
        configure(&options)
        return try RabbitBus(uri: uri, exchange: exchange, name: "configbus tests", options: options)
    }

    var durable: BusSubscription { BusSubscription(patterns: ["config.#"], queue: .durable(name: queue)) }

    var temporary: BusSubscription { BusSubscription(patterns: ["config.#"]) }
}

extension RabbitBus {
    /// Runs the publisher while `body` runs, which begins when messages can be published.
    func running(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.run() }
            await waitUntil { $0 == .connected }
            defer { group.cancelAll() }
            try await body()
        }
    }

    func waitUntil(_ condition: (BusStatus) -> Bool) async {
        for await status in statusUpdates where condition(status) { return }
    }
}

extension BusStatus {
    var isDisconnected: Bool {
        if case .disconnected = self { true } else { false }
    }

    var isBlocked: Bool {
        if case .blocked = self { true } else { false }
    }
}
