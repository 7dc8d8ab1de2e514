/// What AMQP can carry, so that every bus refuses the same things before anything goes out.
package enum BusLimits {
    /// The longest routing key, pattern, queue name, message id or type in bytes.
    package static let shortText = 255

    /// The most further routing keys of one message: they have to fit one frame.
    package static let copies = 100

    static func check(_ text: String, _ what: String) throws(BusError) {
        guard text.utf8.count <= shortText else {
            throw BusError(.invalid, "A \(what) has at most \(shortText) bytes; this one has \(text.utf8.count).")
        }
    }
}

extension BusMessage {
    /// Refuses what no bus could deliver.
    package func validate() throws(BusError) {
        try BusLimits.check(routingKey, "routing key")
        guard copyTo.count <= BusLimits.copies else {
            throw BusError(
                .invalid, "A message has at most \(BusLimits.copies) further routing keys, not \(copyTo.count).")
        }
        for key in copyTo { try BusLimits.check(key, "routing key") }
        try BusLimits.check(messageID, "message id")
        try BusLimits.check(type, "message type")
    }
}

extension BusSubscription {
    /// Refuses what could never receive anything or would be refused by the broker again and again.
    package func validate() throws(BusError) {
        guard !patterns.isEmpty else {
            throw BusError(.invalid, "A subscription needs at least one pattern; '#' matches every message.")
        }
        for pattern in patterns { try BusLimits.check(pattern, "pattern") }
        guard (1...65_535).contains(prefetch) else {
            throw BusError(.invalid, "The prefetch is between 1 and 65535, not \(prefetch).")
        }
        guard case .durable(let name) = queue else { return }
        try BusLimits.check(name, "queue name")
        guard !name.isEmpty, !name.hasPrefix("amq.") else {
            throw BusError(.invalid, "A durable queue needs a name that does not begin with 'amq.'.")
        }
    }
}
