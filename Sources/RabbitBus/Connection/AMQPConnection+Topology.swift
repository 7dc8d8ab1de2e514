import CRabbitMQ
package import EventBus

extension AMQPConnection {
    /// Makes sure that the exchange is there, or finds out whether it is.
    ///
    /// - Returns: true when it did not exist and was made, unless that is to stay silent (`MissingExchange.make`).
    package func ensureExchange(_ rule: MissingExchange) throws(BusError) -> Bool {
        let isMissing = rule == .make ? false : try !exchangeExists()
        switch rule {
        case .refuse:
            guard !isMissing else {
                throw BusError(
                    .missing, "The exchange '\(settings.exchange)' does not exist on the broker at \(broker).")
            }
        case .make, .makeAndWarn: try makeExchange()
        }
        return isMissing
    }

    /// Checks without making it. The broker closes the channel when there is none.
    private func exchangeExists() throws(BusError) -> Bool {
        let found = declareExchange(passively: true)
        guard found.closesChannel(with: AMQP_NOT_FOUND) else {
            try check(found, "The broker did not say whether the exchange '\(settings.exchange)' exists")
            return true
        }
        try reopenChannel()
        return false
    }

    /// A user who may not declare it (a watcher need not be allowed to configure anything but its own queue) can use one
    /// that another program declared.
    private func makeExchange() throws(BusError) {
        let declared = declareExchange(passively: false)
        guard declared.closesChannel(with: AMQP_ACCESS_REFUSED) else {
            try check(declared, "The broker refused to declare the exchange '\(settings.exchange)'")
            return
        }
        try reopenChannel()
        try check(
            declareExchange(passively: true),
            "The exchange '\(settings.exchange)' is not there and user '\(settings.address.user)' may not declare it")
    }

    /// Declares the queue and returns its name.
    package func declare(_ queue: BusSubscription.Queue) throws(BusError) -> String {
        var arena = AMQPArena()
        let result: UnsafeMutablePointer<amqp_queue_declare_ok_t>?
        switch queue {
        case .temporary:
            let arguments = arena.table([("x-max-length", .integer(10_000)), ("x-overflow", .text("drop-head"))])
            // No name: the broker makes one.
            result = watchdog.watching {
                amqp_queue_declare(handle, Self.channel, amqp_bytes_t(), 0, 0, 1, 1, arguments)
            }
        case .durable(let name):
            let arguments = arena.table([
                ("x-queue-type", .text("quorum")), ("x-single-active-consumer", .flag(true)),
            ])
            let name = arena.text(name)
            result = watchdog.watching { amqp_queue_declare(handle, Self.channel, name, 0, 1, 0, 0, arguments) }
        }
        withExtendedLifetime(arena) {}
        try check(amqp_get_rpc_reply(handle), "The broker refused to declare the queue")
        guard let result else { throw BusError(.unavailable, "The broker gave no name for the queue.") }
        return String(result.pointee.queue)
    }

    /// Binds a queue to the exchange.
    package func bind(_ queue: String, to pattern: String) throws(BusError) {
        var arena = AMQPArena()
        let (name, exchange, key) = (arena.text(queue), arena.text(settings.exchange), arena.text(pattern))
        _ = watchdog.watching { amqp_queue_bind(handle, Self.channel, name, exchange, key, amqp_table_t()) }
        withExtendedLifetime(arena) {}
        let reply = amqp_get_rpc_reply(handle)
        guard reply.closesChannel(with: AMQP_ACCESS_REFUSED) else {
            try check(reply, "The broker refused to bind the pattern '\(pattern)'")
            return
        }
        throw BusError(bindingOf: pattern, to: settings.exchange, as: settings.address.user, refusal: reply)
    }

    /// Binds again without waiting for a response; a binding that is still there stays as it is. When the exchange is gone
    /// the broker closes the channel.
    func renewBinding(of queue: String, to pattern: String) throws(BusError) {
        var arena = AMQPArena()
        var request = amqp_queue_bind_t()
        request.queue = arena.text(queue)
        request.exchange = arena.text(settings.exchange)
        request.routing_key = arena.text(pattern)
        request.nowait = 1
        let status = watchdog.watching {
            amqp_send_method(handle, Self.channel, AMQP_QUEUE_BIND_METHOD, &request)
        }
        withExtendedLifetime(arena) {}
        try check(status, "The connection to the broker at \(broker) was lost")
    }

    /// Starts to consume with manual acknowledgement; returns when the broker has said that it stands.
    package func consume(_ queue: String, prefetch: Int) throws(BusError) {
        _ = watchdog.watching { amqp_basic_qos(handle, Self.channel, 0, UInt16(prefetch), 0) }
        try check(amqp_get_rpc_reply(handle), "The broker refused the prefetch of \(prefetch)")
        var arena = AMQPArena()
        let name = arena.text(queue)
        _ = watchdog.watching {
            amqp_basic_consume(handle, Self.channel, name, amqp_bytes_t(), 0, 0, 0, amqp_table_t())
        }
        withExtendedLifetime(arena) {}
        try check(amqp_get_rpc_reply(handle), "The broker refused to let the queue be consumed")
    }

    /// Acknowledges one delivery, or all up to it.
    package func acknowledge(_ tag: UInt64, multiple: Bool) throws(BusError) {
        let status = watchdog.watching { amqp_basic_ack(handle, Self.channel, tag, multiple ? 1 : 0) }
        try check(status, "The connection to the broker at \(broker) was lost")
    }

    private func declareExchange(passively: Bool) -> amqp_rpc_reply_t {
        var arena = AMQPArena()
        let (name, kind) = (arena.text(settings.exchange), arena.text("topic"))
        let reply = watchdog.watching {
            amqp_exchange_declare(handle, Self.channel, name, kind, passively ? 1 : 0, 1, 0, 0, amqp_table_t())
            return amqp_get_rpc_reply(handle)
        }
        withExtendedLifetime(arena) {}
        return reply
    }

    /// After a `channel.close` from the broker.
    private func reopenChannel() throws(BusError) {
        var answer = amqp_channel_close_ok_t()
        let status = watchdog.watching {
            amqp_send_method(handle, Self.channel, AMQP_CHANNEL_CLOSE_OK_METHOD, &answer)
        }
        try check(status, "The connection to the broker at \(broker) was lost")
        try openChannel()
    }
}

extension amqp_rpc_reply_t {
    /// True when the broker closed the channel for this reason.
    fileprivate func closesChannel(with code: Int32) -> Bool {
        guard reply_type == AMQP_RESPONSE_SERVER_EXCEPTION, reply.id == AMQP_CHANNEL_CLOSE_METHOD else { return false }
        let close = reply.decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
        return Int32(close.reply_code) == code
    }
}
