package import EventBus
package import Testing

/// Reads the signals of a subscription one by one.
package final class SignalReader {
    private var signals: BusSignals.Iterator

    package init(_ signals: BusSignals) {
        self.signals = signals.makeAsyncIterator()
    }

    package func next() async throws -> BusSignal {
        guard let signal = await signals.next(isolation: #isolation) else { throw SubscriptionEnded() }
        return signal
    }

    /// Reads the next signal, which has to be `.subscribed`.
    package func subscribed() async throws {
        let signal = try await next()
        guard case .subscribed = signal else { throw UnexpectedSignal(signal, expected: "subscribed") }
    }

    /// Reads the next signal, which has to be a delivery.
    package func delivery() async throws -> BusDelivery {
        let signal = try await next()
        guard case .delivery(let delivery) = signal else {
            throw UnexpectedSignal(signal, expected: "delivery")
        }
        return delivery
    }

    /// Reads the next signal, which has to be a delivery, acknowledges it and returns the text of its body.
    package func text() async throws -> String {
        let delivery = try await delivery()
        delivery.acknowledge()
        return String(decoding: delivery.body, as: UTF8.self)
    }

    /// Reads the next signal, which has to be a delivery with this text, and acknowledges it.
    package func expect(_ expected: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let text = try await text()
        #expect(text == expected, sourceLocation: sourceLocation)
    }

    /// Reads until the subscription was interrupted and stands again; returns what the interruption said.
    package func resubscribed() async throws -> BusError {
        var error: BusError?
        while true {
            switch try await next() {
            case .interrupted(let reason): error = error ?? reason
            case .subscribed: if let error { return error }
            case .delivery: break
            }
        }
    }
}

/// A signal that a test did not expect.
package struct UnexpectedSignal: Error {
    let signal: BusSignal
    let expected: String

    package init(_ signal: BusSignal, expected: String) {
        self.signal = signal
        self.expected = expected
    }
}

/// There are no more signals.
package struct SubscriptionEnded: Error {}
