import CRabbitMQ
import EventBus

extension BusError {
    /// A failure inside the library; the connection is of no use any more.
    init(status: Int32, _ attempt: String) {
        self.init(.unavailable, "\(attempt): \(Self.words(status)).")
    }

    /// The library's words are for those who program with it.
    private static func words(_ status: Int32) -> String {
        switch amqp_status_enum(rawValue: status) {
        case AMQP_STATUS_SOCKET_ERROR, AMQP_STATUS_TCP_ERROR: "the connection broke"
        case AMQP_STATUS_CONNECTION_CLOSED: "the broker closed the connection"
        case AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED: "there is no address for this name"
        case AMQP_STATUS_TIMEOUT: "no response in time"
        case AMQP_STATUS_HEARTBEAT_TIMEOUT: "no heartbeat of the broker came in time"
        case AMQP_STATUS_BAD_AMQP_DATA, AMQP_STATUS_INCOMPATIBLE_AMQP_VERSION:
            "what answers there does not speak AMQP 0-9-1"
        default: String(cString: amqp_error_string2(status))
        }
    }

    /// The broker closed the channel or the connection.
    init(code: UInt16, text: amqp_bytes_t, _ attempt: String) {
        // The codes of AMQP 0-9-1: access-refused, precondition-failed, not-allowed.
        let isForbidden = code == 403 || code == 406 || code == 530
        self.init(isForbidden ? .forbidden : .unavailable, "\(attempt): \(String(text)) (\(code)).")
    }

    /// The response to a call that failed.
    init(_ reply: amqp_rpc_reply_t, _ attempt: String) {
        guard reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION else {
            self.init(status: reply.library_error, attempt)
            return
        }
        self = BusError(closing: reply.reply, attempt) ?? BusError(.unavailable, "\(attempt): an unexpected response.")
    }

    /// What a `channel.close` or `connection.close` says; nil for another method.
    init?(closing method: amqp_method_t, _ attempt: String) {
        switch method.id {
        case AMQP_CHANNEL_CLOSE_METHOD:
            let close = method.decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            self.init(code: close.reply_code, text: close.reply_text, attempt)
        case AMQP_CONNECTION_CLOSE_METHOD:
            let close = method.decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
            self.init(code: close.reply_code, text: close.reply_text, attempt)
        default:
            return nil
        }
    }
}

extension BusError {
    /// The login lacks a permission that a binding needs: to read this topic, or to read the exchange at all.
    init(bindingOf pattern: String, to exchange: String, as user: String, refusal: amqp_rpc_reply_t) {
        let answer = BusError(refusal, "The broker refused to bind the pattern '\(pattern)'").message
        let isTopic = answer.contains("access to topic")
        let permission =
            isTopic
            ? "the topic permission to read '\(pattern)' on the exchange '\(exchange)'"
            : "the permission to read the exchange '\(exchange)'"
        self.init(
            isTopic ? .bindingRefused : .forbidden,
            "\(answer) The login '\(user)' needs \(permission); 'configbus admin broker-permissions' prints the commands that "
                + "give it.")
    }
}
