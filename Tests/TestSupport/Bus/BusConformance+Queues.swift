import EventBus
import Testing

// MARK: Acknowledgement

extension BusConformance {
    func prefetchBoundsUnacknowledgedDeliveries() async throws {
        try await subscribed(to: ["config.#"], queue: durable, prefetch: 2) { reader in
            for number in 1...4 { try await publish("\(number)", to: "config.updated") }
            _ = try await reader.delivery()
            _ = try await reader.delivery()
        }
        // What was on its way to the first consumer says so.
        let areRedelivered = try await subscribed(to: ["config.#"], queue: durable) { reader in
            var flags: [Bool] = []
            while flags.count < 4 { flags.append(try await reader.delivery().isRedelivered) }
            return flags
        }
        #expect(areRedelivered == [true, true, false, false])
    }

    func acknowledgementsMayComeOutOfOrder() async throws {
        try await subscribed(to: ["config.#"], queue: durable, prefetch: 4) { reader in
            for number in 1...8 { try await publish("\(number)", to: "config.updated") }
            var deliveries: [BusDelivery] = []
            for _ in 1...4 { deliveries.append(try await reader.delivery()) }
            for index in [2, 1, 3] { deliveries[index].acknowledge() }
            for _ in 5...7 { deliveries.append(try await reader.delivery()) }
            for index in [0, 6, 4, 5] { deliveries[index].acknowledge() }
            try await reader.expect("8")
        }
        // All eight were acknowledged: a ninth comes first.
        try await publish("9", to: "config.updated")
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            try await reader.expect("9")
        }
    }

    /// An adapter may gather acknowledgements, but never so that it waits for more of them.
    func fewAcknowledgementsMakeRoomToo() async throws {
        try await subscribed(to: ["config.#"], queue: durable, prefetch: 16) { reader in
            for number in 1...20 { try await publish("\(number)", to: "config.updated") }
            var deliveries: [BusDelivery] = []
            for _ in 1...16 { deliveries.append(try await reader.delivery()) }
            for delivery in deliveries[..<3] { delivery.acknowledge() }
            for _ in 17...19 { _ = try await reader.delivery() }
            deliveries[3].acknowledge()
            _ = try await reader.delivery()
        }
    }

    func unacknowledgedMessageIsDeliveredAgain() async throws {
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            for number in 1...3 { try await publish("\(number)", to: "config.updated") }
            try await reader.expect("1")
            _ = try await reader.delivery()
        }
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            let second = try await reader.delivery()
            #expect(String(decoding: second.body, as: UTF8.self) == "2")
            #expect(second.isRedelivered)
            let third = try await reader.delivery()
            #expect(String(decoding: third.body, as: UTF8.self) == "3")
        }
    }

    func acknowledgementAfterTheEndCountsForNothing() async throws {
        let late = try await subscribed(to: ["config.#"], queue: durable) { reader in
            try await publish("one", to: "config.updated")
            return try await reader.delivery()
        }
        late.acknowledge()
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            late.acknowledge()
            try await reader.expect("one")
        }
    }
}

// MARK: Queues

extension BusConformance {
    func durableQueueSurvivesItsConsumers() async throws {
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            try await publish("1", to: "config.updated")
            try await reader.expect("1")
        }
        for number in 2...4 { try await publish("\(number)", to: "config.updated") }
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            for number in 2...4 { try await reader.expect("\(number)") }
        }
    }

    func durableQueueHasOneActiveConsumer() async throws {
        let second = try await subscribed(to: ["config.#"], queue: durable) { first in
            let (stands, standing) = AsyncStream.makeStream(of: Void.self)
            let second = Task {
                try await subscribed(to: ["config.#"], queue: durable) { reader in
                    standing.finish()
                    return try await reader.text()
                }
            }
            for await _ in stands {}
            for number in 1...20 {
                try await publish("\(number)", to: "config.updated")
                try await first.expect("\(number)")
            }
            try await publish("last", to: "config.updated")
            _ = try await first.delivery()
            return second
        }
        // The first one has gone without acknowledging it.
        #expect(try await second.value == "last")
    }

    func temporaryQueuesAreSeparate() async throws {
        try await subscribed(to: ["config.#"]) { first in
            try await subscribed(to: ["config.#"]) { second in
                try await publish("1", to: "config.updated")
                try await publish("2", to: "config.updated")
                for reader in [first, second] {
                    try await reader.expect("1")
                    try await reader.expect("2")
                }
            }
        }
    }

    func temporaryQueueStartsEmpty() async throws {
        try await subscribed(to: ["config.#"]) { _ in try await publish("before", to: "config.updated") }
        try await subscribed(to: ["config.#"]) { reader in
            try await publish("after", to: "config.updated")
            try await reader.expect("after")
        }
    }

    func fullTemporaryQueueDropsTheOldest() async throws {
        try await subscribed(to: ["config.#"], prefetch: 1) { reader in
            try await publish("held", to: "config.updated")
            let held = try await reader.delivery()
            try await publish("oldest", to: "config.updated")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<99 {
                    group.addTask {
                        for _ in 0..<101 { try await publish("filler", to: "config.updated") }
                    }
                }
                try await group.waitForAll()
            }
            // 10,000 wait now; one more is one too many.
            try await publish("newest", to: "config.updated")
            held.acknowledge()
            try await reader.expect("filler")
        }
    }
}

// MARK: Life of a subscription

extension BusConformance {
    func cancellationEndsTheSubscription() async throws {
        let (stands, standing) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await subscribed(to: ["config.#"], queue: durable) { reader in
                standing.finish()
                while true { _ = try await reader.delivery() }
            }
        }
        for await _ in stands {}
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        // The queue is free for the next consumer.
        try await publish("one", to: "config.updated")
        try await subscribed(to: ["config.#"], queue: durable) { try await $0.expect("one") }
    }

    func signalsEndWithTheSubscription() async throws {
        let signals = try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { $0 }
        for await _ in signals { Issue.record("a signal after the end") }
    }

    func errorOfTheBodyIsPassedOn() async throws {
        struct Mine: Error {}
        await #expect(throws: Mine.self) {
            try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { _ in throw Mine() }
        }
    }

    func unusableArgumentsAreRefused() async throws {
        let long = String(repeating: "k", count: 256)
        for message in [
            BusMessage.sample("x", to: long), .sample("x", to: "k", copyTo: [long]), .sample(long, to: "k"),
            .sample("x", to: "k", copyTo: Array(repeating: "k", count: 101)),
        ] {
            let error = await #expect(throws: BusError.self) { try await bus.publish(message) }
            #expect(error?.code == .invalid)
        }
        for subscription in [
            BusSubscription(patterns: []), BusSubscription(patterns: [long]),
            BusSubscription(patterns: ["k"], prefetch: 0), BusSubscription(patterns: ["k"], prefetch: 65_536),
            BusSubscription(patterns: ["k"], queue: .durable(name: "")),
            BusSubscription(patterns: ["k"], queue: .durable(name: "amq.mine")),
            BusSubscription(patterns: ["k"], queue: .durable(name: long)),
        ] {
            let error = await #expect(throws: BusError.self) { try await bus.withSubscription(subscription) { _ in } }
            #expect(error?.code == .invalid)
        }
    }

    func statusUpdatesBeginWithTheStatus() async throws {
        var updates = bus.statusUpdates.makeAsyncIterator()
        let first = await updates.next(isolation: #isolation)
        #expect(first == .connected)
        let status = await bus.status
        #expect(status == .connected)
    }
}
