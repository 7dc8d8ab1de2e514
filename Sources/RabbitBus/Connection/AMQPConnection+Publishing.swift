import CRabbitMQ
package import EventBus
import Glibc

extension AMQPConnection {
    /// Every message from now on is confirmed under its number: 1, 2, 3 ...
    package func selectConfirms() throws(BusError) {
        _ = watchdog.watching { amqp_confirm_select(handle, Self.channel) }
        try check(amqp_get_rpc_reply(handle), "The broker refused to confirm messages")
    }

    /// Sends a message. Call `nextEvent` until it has nothing more right before: the library waits for ever in here when
    /// the broker's heartbeats are overdue.
    package func publish(_ message: BusMessage) throws(BusError) {
        var arena = AMQPArena()
        var properties = properties(of: message, in: &arena)
        let (exchange, key) = (arena.text(settings.exchange), arena.text(message.routingKey))
        let status = message.body.withUnsafeBytes { body in
            let bytes = amqp_bytes_t(len: body.count, bytes: UnsafeMutableRawPointer(mutating: body.baseAddress))
            return watchdog.watching {
                amqp_basic_publish(handle, Self.channel, exchange, key, 0, 0, &properties, bytes)
            }
        }
        withExtendedLifetime(arena) {}
        try check(status, "The connection to the broker at \(broker) was lost")
        pushLastFrame(bodySize: message.body.count)
    }

    private func properties(of message: BusMessage, in arena: inout AMQPArena) -> amqp_basic_properties_t {
        var properties = amqp_basic_properties_t()
        var flags =
            AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG
            | AMQP_BASIC_TIMESTAMP_FLAG | AMQP_BASIC_TYPE_FLAG | AMQP_BASIC_APP_ID_FLAG
        properties.content_type = arena.text("application/json")
        properties.delivery_mode = UInt8(AMQP_DELIVERY_PERSISTENT.rawValue)
        properties.message_id = arena.text(message.messageID)
        properties.timestamp = UInt64(max(0, message.timestamp))
        properties.type = arena.text(message.type)
        // The broker refuses a name that is not the login's: so it proves the origin to every receiver. Of a login by
        // certificate only the broker knows the name, unless the URI says it.
        if !settings.address.user.isEmpty {
            flags |= AMQP_BASIC_USER_ID_FLAG
            properties.user_id = arena.text(settings.address.user)
        }
        properties.app_id = arena.text("configbus")
        var headers = message.headers.sorted { $0.key < $1.key }.map { (key: $0.key, value: AMQPValue.text($0.value)) }
        if !message.copyTo.isEmpty { headers.insert((key: "CC", value: .texts(message.copyTo)), at: 0) }
        if !headers.isEmpty {
            flags |= AMQP_BASIC_HEADERS_FLAG
            properties.headers = arena.table(headers)
        }
        properties._flags = amqp_flags_t(flags)
        return properties
    }

    /// The library announces more data behind a last frame that is exactly full, and the kernel would hold it back for up
    /// to 200 ms; setting this option sends it now.
    private func pushLastFrame(bodySize: Int) {
        let fullFrame = Int(amqp_get_frame_max(handle)) - 8
        guard bodySize > 0, bodySize.isMultiple(of: fullFrame), let socket = watchdog.socket else { return }
        set(socket, TCP_NODELAY, 1)
    }
}
