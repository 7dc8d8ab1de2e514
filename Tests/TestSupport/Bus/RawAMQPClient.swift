/// A minimal AMQP 0-9-1 client that sends the bytes it is given, for what no well-behaved library sends, and for looking
/// at what another client did. One call at a time.
package final class RawAMQPClient: Sendable {
    private let socket: TestSocket

    /// Connects to the broker's virtual host and opens channel 1.
    init(_ broker: TestBroker) throws {
        socket = try TestSocket.connect(host: broker.host, port: broker.port)
        guard socket.write(Array("AMQP".utf8) + [0, 0, 9, 1]) else { throw TestSocketError("the broker hung up") }
        _ = try receive(.init(10, 10))
        let login = [0] + Array(broker.user.utf8) + [0] + Array(broker.password.utf8)
        try send(
            0, .init(10, 11),
            AMQPBytes.long([]) + AMQPBytes.short("PLAIN") + AMQPBytes.long(login) + AMQPBytes.short("en_US"))
        _ = try receive(.init(10, 30))
        try send(0, .init(10, 31), AMQPBytes.integer(1, 2) + AMQPBytes.integer(131_072, 4) + AMQPBytes.integer(0, 2))
        try call(0, .init(10, 40), AMQPBytes.short(broker.virtualHost) + [0, 0], answer: .init(10, 41))
        try call(1, .init(20, 10), [0], answer: .init(20, 11))
        try call(1, .init(85, 10), [0], answer: .init(85, 11))
    }

    deinit {
        socket.cut()
    }

    /// Publishes and waits for the confirm; `headers` are the bytes of a header table behind its length, valid or not.
    package func publish(exchange: String, routingKey: String, headers: [UInt8], body: [UInt8]) async throws {
        try await TestThread.run { [self] in
            try send(
                1, .init(60, 40),
                AMQPBytes.integer(0, 2) + AMQPBytes.short(exchange) + AMQPBytes.short(routingKey) + [0])
            // The flag of the property `headers` alone.
            let properties = AMQPBytes.integer(1 << 13, 2) + AMQPBytes.long(headers)
            try write(frame: 2, 1, AMQPBytes.integer(60, 2) + [0, 0] + AMQPBytes.integer(body.count, 8) + properties)
            var rest = body[...]
            while !rest.isEmpty {
                try write(frame: 3, 1, Array(rest.prefix(131_064)))
                rest = rest.dropFirst(131_064)
            }
            _ = try receive(.init(60, 80))
        }
    }

    /// Takes one message and returns the bytes of its properties, flags first; nil when the queue is empty.
    package func properties(ofNextIn queue: String) async throws -> [UInt8]? {
        try await TestThread.run { [self] in
            try send(1, .init(60, 70), AMQPBytes.integer(0, 2) + AMQPBytes.short(queue) + [1])
            guard try receive(.init(60, 71), or: .init(60, 72)) == .init(60, 71) else { return nil }
            let header = try readFrame()
            guard header.kind == 2 else { throw TestSocketError("no content header") }
            return Array(header.payload.dropFirst(12))
        }
    }

    package func deleteExchange(_ name: String) async throws {
        try await call(.init(40, 20), AMQPBytes.short(name) + [0], answer: .init(40, 21))
    }

    package func deleteQueue(_ name: String) async throws {
        try await call(.init(50, 40), AMQPBytes.short(name) + [0], answer: .init(50, 41))
    }

    /// Declares a durable queue that is bound to the exchange.
    package func declareQueue(_ name: String, boundTo exchange: String, _ pattern: String) async throws {
        try await call(.init(50, 10), AMQPBytes.short(name) + [2] + AMQPBytes.long([]), answer: .init(50, 11))
        let binding = AMQPBytes.short(name) + AMQPBytes.short(exchange) + AMQPBytes.short(pattern)
        try await call(.init(50, 20), binding + [0] + AMQPBytes.long([]), answer: .init(50, 21))
    }

    /// Declares a queue that the broker names and this connection owns, and binds it to the exchange.
    package func declareOwnQueue(boundTo exchange: String, _ pattern: String) async throws {
        try await call(.init(50, 10), AMQPBytes.short("") + [4] + AMQPBytes.long([]), answer: .init(50, 11))
        // The empty name is that of the queue declared last.
        let binding = AMQPBytes.short("") + AMQPBytes.short(exchange) + AMQPBytes.short(pattern)
        try await call(.init(50, 20), binding + [0] + AMQPBytes.long([]), answer: .init(50, 21))
    }

    /// Declares a durable exchange of any kind.
    package func declareExchange(_ name: String, kind: String) async throws {
        let declaration = AMQPBytes.short(name) + AMQPBytes.short(kind) + [2] + AMQPBytes.long([])
        try await call(.init(40, 10), declaration, answer: .init(40, 11))
    }

    /// Calls a method of exchanges or queues, whose arguments begin with a reserved number.
    private func call(_ method: Method, _ arguments: [UInt8], answer: Method) async throws {
        try await TestThread.run { [self] in
            try call(1, method, AMQPBytes.integer(0, 2) + arguments, answer: answer)
        }
    }
}

extension RawAMQPClient {
    /// Class and number of a method.
    private struct Method: Equatable, Sendable {
        let group: UInt8
        let number: UInt8

        init(_ group: UInt8, _ number: UInt8) { (self.group, self.number) = (group, number) }
    }

    private func call(_ channel: UInt8, _ method: Method, _ arguments: [UInt8], answer: Method) throws {
        try send(channel, method, arguments)
        _ = try receive(answer)
    }

    private func send(_ channel: UInt8, _ method: Method, _ arguments: [UInt8]) throws {
        try write(frame: 1, channel, [0, method.group, 0, method.number] + arguments)
    }

    private func write(frame kind: UInt8, _ channel: UInt8, _ payload: [UInt8]) throws {
        let frame = [kind, 0, channel] + AMQPBytes.integer(payload.count, 4) + payload + [206]
        guard socket.write(frame) else { throw TestSocketError("the broker hung up") }
    }

    /// Waits for one of two methods; any other is an error that shows what the broker says.
    private func receive(_ expected: Method, or other: Method? = nil) throws -> Method {
        while true {
            let frame = try readFrame()
            guard frame.kind == 1, frame.payload.count >= 4 else { continue }
            let method = Method(frame.payload[1], frame.payload[3])
            if method == expected || method == other { return method }
            let text = String(decoding: frame.payload.dropFirst(4).filter { (32..<127).contains($0) }, as: UTF8.self)
            throw TestSocketError("the broker answered \(method.group).\(method.number): \(text)")
        }
    }

    private func readFrame() throws -> (kind: UInt8, payload: [UInt8]) {
        let header = try read(7)
        let size = header[3...6].reduce(0) { $0 << 8 | Int($1) }
        return (header[0], Array(try read(size + 1).dropLast()))
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let next = socket.read(upTo: count - bytes.count)
            guard !next.isEmpty else { throw TestSocketError("the broker hung up") }
            bytes += next
        }
        return bytes
    }
}
