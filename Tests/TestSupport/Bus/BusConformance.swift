package import EventBus
import Testing

/// The checks behind `EventBusBehaviour`.
struct BusConformance: Sendable {
    let bus: any EventBus
    /// The name of a durable queue that does not exist yet.
    let queue: String

    /// Publishes a text under a key and returns when the bus has taken it.
    func publish(_ text: String, to routingKey: String, copyTo: [String] = []) async throws {
        try await bus.publish(.sample(text, to: routingKey, copyTo: copyTo))
    }

    /// Runs `body` when a subscription of the patterns stands.
    func subscribed<Result: Sendable>(
        to patterns: [String], queue: BusSubscription.Queue = .temporary, prefetch: Int = 256,
        _ body: (SignalReader) async throws -> Result
    ) async throws -> Result {
        try await bus.withSubscription(BusSubscription(patterns: patterns, queue: queue, prefetch: prefetch)) {
            signals in
            let reader = SignalReader(signals)
            try await reader.subscribed()
            return try await body(reader)
        }
    }

    var durable: BusSubscription.Queue { .durable(name: queue) }
}

extension BusMessage {
    /// A message with a text as its body and as its identity.
    package static func sample(
        _ text: String, to routingKey: String, copyTo: [String] = [], headers: [String: String] = [:]
    ) -> BusMessage {
        BusMessage(
            routingKey: routingKey, copyTo: copyTo, messageID: text, type: "Sample", timestamp: 1_790_000_000,
            headers: headers, body: Array(text.utf8))
    }
}

// MARK: Routing

extension BusConformance {
    func confirmedMessageIsInEveryBoundQueue() async throws {
        try await subscribed(to: ["config.#"], queue: durable) { _ in }
        // No consumer is there now: only the confirmation says that the queue has it.
        try await publish("one", to: "config.updated")
        try await subscribed(to: ["config.#"], queue: durable) { reader in
            try await reader.expect("one")
        }
    }

    func messageMatchingSeveralPatternsComesOnce() async throws {
        let patterns = ["config.#", "config.updated", "config.*", "config.prod.parsing"]
        try await subscribed(to: patterns) { reader in
            try await publish("one", to: "config.updated", copyTo: ["config.prod.parsing", "config.updated"])
            try await publish("two", to: "config.updated")
            try await reader.expect("one")
            try await reader.expect("two")
        }
    }

    func copyToKeysReachTheirSubscribers() async throws {
        try await subscribed(to: ["config.prod.parsing"]) { reader in
            try await publish("other", to: "config.updated", copyTo: ["config.prod.monitor"])
            try await publish("mine", to: "config.updated", copyTo: ["config.dev.parsing", "config.prod.parsing"])
            let delivery = try await reader.delivery()
            #expect(String(decoding: delivery.body, as: UTF8.self) == "mine")
            #expect(delivery.routingKey == "config.updated")
        }
    }

    func patternsMatchByWord() async throws {
        for sample in TopicSample.all {
            try await subscribed(to: [sample.pattern, "end"]) { reader in
                for key in sample.matching + sample.others { try await publish(key, to: key) }
                try await publish("<end>", to: "end")
                var received: [String] = []
                while received.last != "<end>" { received.append(try await reader.text()) }
                #expect(received == sample.matching + ["<end>"], "pattern '\(sample.pattern)'")
            }
        }
    }
}

// MARK: Content

extension BusConformance {
    func messageCarriesWhatThePublisherGave() async throws {
        try await subscribed(to: ["config.#"]) { reader in
            let headers = ["traceparent": "00-a-b-01", "tracestate": String(repeating: "x", count: 512)]
            try await bus.publish(.sample("id-1", to: "config.created", copyTo: ["config.prod.a"], headers: headers))
            let delivery = try await reader.delivery()
            #expect(delivery.messageID == "id-1")
            #expect(delivery.routingKey == "config.created")
            #expect(delivery.exchange.isEmpty == false)
            #expect(delivery.isRedelivered == false)
            #expect(delivery.headers == headers)
            try await publish("id-2", to: "config.created")
            #expect(try await reader.delivery().headers == [:])
        }
    }

    func bodiesComeBackByteForByte() async throws {
        let everyByte = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
        // The broker's frames take 131,064 bytes of a body.
        let sizes = [0, 1, 131_063, 131_064, 131_065, 262_128, 1 << 20]
        let bodies = [everyByte] + sizes.map { size in (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) } }
        try await subscribed(to: ["config.#"]) { reader in
            for body in bodies {
                try await bus.publish(
                    BusMessage(
                        routingKey: "config.updated", copyTo: [], messageID: "1", type: "", timestamp: 0, body: body))
                let delivery = try await reader.delivery()
                delivery.acknowledge()
                #expect(delivery.body == body, "\(body.count) bytes")
            }
        }
    }

    func messagesOfOnePublisherKeepTheirOrder() async throws {
        let texts = (0..<300).map(String.init)
        try await subscribed(to: ["config.#"]) { reader in
            for text in texts { try await publish(text, to: "config.updated") }
            var received: [String] = []
            while received.count < texts.count { received.append(try await reader.text()) }
            #expect(received == texts)
        }
    }
}
