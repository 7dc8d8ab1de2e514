import RabbitBus

/// Connections that are told by a server, and read by one thread, which does nothing with the bytes but look for the end of
/// an event.
final class FanOut {
    private let server: Broadcaster
    private let writer: HTTPConnection
    private var streams: [HTTPConnection] = []
    private let readiness: Readiness
    private var scratch = [UInt8](repeating: 0, count: 1 << 16)

    init(_ server: Broadcaster) throws {
        self.server = server
        writer = try HTTPConnection(port: server.port)
        readiness = try Readiness()
    }

    /// Opens streams until there are so many.
    func grow(to count: Int) throws {
        while streams.count < count {
            let stream = try HTTPConnection(port: server.port)
            try stream.open(server.subscription, until: server.opening)
            try readiness.add(stream.descriptor, as: streams.count)
            streams.append(stream)
        }
    }

    /// Publishes and answers the nanoseconds until the last stream had the whole event.
    func time(_ content: String) throws -> Double {
        try collect(until: 0)
        let start = ContinuousClock.now
        try writer.send(server.publication(of: content))
        try collect(until: streams.count)
        let time = (ContinuousClock.now - start).nanoseconds
        try server.readAnswer(on: writer)
        return time
    }

    /// Reads what there is, and then until so many events have come.
    private func collect(until wanted: Int) throws(HTTPFailure) {
        let event = server.event
        var missing = wanted
        repeat {
            let ready = readiness.wait(atMost: missing > 0 ? .seconds(10) : .zero)
            guard !ready.isEmpty || missing == 0 else { throw HTTPFailure(description: "An event did not arrive.") }
            for number in ready {
                missing -= try streams[number].readEvents(event.prefix, linesAfter: event.linesAfter, &scratch)
            }
        } while missing > 0
    }
}
