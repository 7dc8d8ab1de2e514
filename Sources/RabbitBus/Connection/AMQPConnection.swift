package import CRabbitMQ
package import EventBus
import Glibc

/// One connection to the broker with one channel.
///
/// It is not `Sendable`: the actor that opened it calls the library on its own thread only. After an error was thrown it
/// is finished; what is not acknowledged or confirmed by then is unknown.
package final class AMQPConnection {
    /// The only channel.
    package static let channel: amqp_channel_t = 1

    /// The library's connection.
    package let handle: amqp_connection_state_t
    let settings: SessionSettings
    let watchdog: CallWatchdog
    /// Host and port, for messages.
    let broker: String
    private var content: ContentAssembly

    /// Wraps a connection that is not open yet.
    init(settings: SessionSettings, endpoint: AMQPAddress.Endpoint, watchdog: CallWatchdog) throws(BusError) {
        guard let handle = amqp_new_connection() else {
            throw BusError(.unavailable, "There is no memory for a connection to the broker.")
        }
        self.handle = handle
        self.settings = settings
        self.watchdog = watchdog
        broker = endpoint.description
        content = ContentAssembly(bodyLimit: settings.options.bodyLimit)
    }

    deinit {
        watchdog.release()
        amqp_destroy_connection(handle)
    }

    /// How often each side proves that it is alive: the smaller of what both proposed.
    var heartbeat: Duration { .seconds(amqp_get_heartbeat(handle)) }

    /// The descriptor to poll; nil when the connection is closed.
    package var socket: Int32? { watchdog.socket }

    /// True when the library has read more than it has handed out: the socket need not become readable for it.
    var hasBufferedInput: Bool { amqp_frames_enqueued(handle) != 0 || amqp_data_in_buffer(handle) != 0 }

    /// The next thing that the broker sent, without waiting; nil when there is nothing.
    ///
    /// It also sends a heartbeat when one is due, and fails when the broker's are missing.
    package func nextEvent() throws(BusError) -> AMQPEvent? {
        while true {
            var frame = amqp_frame_t()
            var noTime = timeval()
            let status = watchdog.watching { amqp_simple_wait_frame_noblock(handle, &frame, &noTime) }
            if status == AMQP_STATUS_TIMEOUT.rawValue { return nil }
            try check(status, "The connection to the broker at \(broker) was lost")
            // What is kept of the frame has been copied by then.
            defer { amqp_maybe_release_buffers(handle) }
            if let event = event(from: frame) { return event }
        }
    }

    /// Throws what a failed call means.
    func check(_ status: Int32, _ attempt: @autoclosure () -> String) throws(BusError) {
        guard status != AMQP_STATUS_OK.rawValue else { return }
        throw watchdog.hasInterrupted ? cutError : BusError(status: status, attempt())
    }

    /// Throws what a failed request means.
    package func check(_ reply: amqp_rpc_reply_t, _ attempt: @autoclosure () -> String) throws(BusError) {
        guard reply.reply_type != AMQP_RESPONSE_NORMAL else { return }
        throw watchdog.hasInterrupted ? cutError : BusError(reply, attempt())
    }

    private var cutError: BusError {
        BusError(.unavailable, "The broker at \(broker) stopped responding; the connection to it was cut.")
    }

    private func event(from frame: amqp_frame_t) -> AMQPEvent? {
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD: event(from: frame.payload.method)
        case AMQP_FRAME_HEADER: content.take(header: frame)
        case AMQP_FRAME_BODY: content.take(body: frame.payload.body_fragment)
        default: nil
        }
    }

    private func event(from method: amqp_method_t) -> AMQPEvent? {
        switch method.id {
        case AMQP_BASIC_DELIVER_METHOD:
            content.begin(AMQPDelivery(method.decoded.assumingMemoryBound(to: amqp_basic_deliver_t.self).pointee))
            return nil
        case AMQP_BASIC_RETURN_METHOD:
            content.begin(nil)
            return nil
        case AMQP_BASIC_ACK_METHOD:
            let ack = method.decoded.assumingMemoryBound(to: amqp_basic_ack_t.self).pointee
            return .confirmed(tag: ack.delivery_tag, multiple: ack.multiple != 0)
        case AMQP_BASIC_NACK_METHOD:
            let nack = method.decoded.assumingMemoryBound(to: amqp_basic_nack_t.self).pointee
            return .refused(tag: nack.delivery_tag, multiple: nack.multiple != 0)
        case AMQP_BASIC_CANCEL_METHOD:
            return .consumerCancelled
        case AMQP_CONNECTION_BLOCKED_METHOD:
            let blocked = method.decoded.assumingMemoryBound(to: amqp_connection_blocked_t.self).pointee
            return .blocked(reason: String(blocked.reason))
        case AMQP_CONNECTION_UNBLOCKED_METHOD:
            return .unblocked
        default:
            return BusError(closing: method, "The broker at \(broker) closed the connection").map(AMQPEvent.closed)
        }
    }
}

extension AMQPDelivery {
    fileprivate init(_ method: amqp_basic_deliver_t) {
        self.init(
            tag: method.delivery_tag, exchange: String(method.exchange), routingKey: String(method.routing_key),
            isRedelivered: method.redelivered != 0)
    }
}
