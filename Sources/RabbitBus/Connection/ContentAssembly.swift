import CRabbitMQ

/// Puts a message together from its frames: the method, the header, then as many body frames as its size needs.
///
/// The frames are read one by one instead of by `amqp_read_message`, which blocks until the last one is there, and fails on
/// a header table with an empty key, leaving the body in the stream for ever.
struct ContentAssembly {
    private let bodyLimit: Int
    private var delivery: AMQPDelivery?
    private var size: UInt64 = 0
    private var received: UInt64 = 0

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// A delivery begins; nil for content that was not requested.
    mutating func begin(_ delivery: AMQPDelivery?) {
        self.delivery = delivery
        size = 0
        received = 0
    }

    mutating func take(header: amqp_frame_t) -> AMQPEvent? {
        let payload = header.payload.properties
        size = payload.body_size
        if let decoded = payload.decoded {
            let properties = decoded.assumingMemoryBound(to: amqp_basic_properties_t.self).pointee
            if properties.has(AMQP_BASIC_USER_ID_FLAG) { delivery?.userID = String(properties.user_id) }
            if properties.has(AMQP_BASIC_HEADERS_FLAG) { delivery?.headers = properties.headers.shortTexts }
            if properties.has(AMQP_BASIC_MESSAGE_ID_FLAG) { delivery?.messageID = String(properties.message_id) }
        }
        if isWanted { delivery?.body.reserveCapacity(Int(size)) }
        return finishIfComplete()
    }

    mutating func take(body: amqp_bytes_t) -> AMQPEvent? {
        received += UInt64(body.len)
        if isWanted { delivery?.body.append(contentsOf: UnsafeRawBufferPointer(start: body.bytes, count: body.len)) }
        return finishIfComplete()
    }

    private var isWanted: Bool { size <= UInt64(bodyLimit) }

    private mutating func finishIfComplete() -> AMQPEvent? {
        guard received >= size, let complete = delivery.take() else { return nil }
        return isWanted ? .delivery(complete) : .oversizedDelivery(tag: complete.tag, size: size)
    }
}

extension amqp_basic_properties_t {
    /// Whether a property was sent.
    fileprivate func has(_ flag: Int32) -> Bool { _flags & amqp_flags_t(flag) != 0 }
}

extension amqp_table_t {
    /// The longest value that is taken.
    private static var longest: Int { 1_024 }
    /// How many values are looked at: a publisher could send any number.
    private static var most: Int { 32 }

    /// The values that are texts, by their keys.
    fileprivate var shortTexts: [String: String] {
        var texts: [String: String] = [:]
        for entry in UnsafeBufferPointer(start: entries, count: max(0, min(Int(num_entries), Self.most)))
        where entry.value.kind == UInt8(AMQP_FIELD_KIND_UTF8.rawValue) && entry.value.value.bytes.len <= Self.longest {
            texts[String(entry.key)] = String(entry.value.value.bytes)
        }
        return texts
    }
}
