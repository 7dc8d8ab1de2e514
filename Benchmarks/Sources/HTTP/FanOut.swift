import ConfigBench

/// Connections that a server sends to, and read by one thread, which does nothing with the bytes but look for the end of
/// an event.
final class FanOut {
    /// Nanoseconds after a publication was sent.
    struct Times {
        /// Until its writer had the response.
        var answer = 0.0
        /// Until the last stream had the whole event.
        var last = 0.0
    }

    /// What no stream is watched under.
    private static let writerNumber = Int.max

    private let server: Broadcaster
    private let writer: HTTPConnection
    private var streams: [HTTPConnection] = []
    private let readiness: Readiness
    private var scratch = [UInt8](repeating: 0, count: 1 << 16)

    init(_ server: Broadcaster) throws {
        self.server = server
        writer = try HTTPConnection(port: server.port)
        readiness = try Readiness()
        try readiness.add(writer.descriptor, as: Self.writerNumber)
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

    /// Publishes and reads until every connection has what was published.
    func time(_ content: String) throws -> Times {
        for number in readiness.wait(atMost: .zero) where number != Self.writerNumber { _ = try readEvents(number) }
        var times = Times()
        var missing = streams.count
        let start = ContinuousClock.now
        try writer.send(server.publication(of: content))
        while missing > 0 || times.answer == 0 {
            let ready = readiness.wait(atMost: .seconds(10))
            guard !ready.isEmpty else { throw HTTPFailure(description: "An event or a response did not arrive.") }
            for number in ready {
                if number == Self.writerNumber {
                    try server.readAnswer(on: writer)
                    times.answer = (ContinuousClock.now - start).nanoseconds
                } else {
                    missing -= try readEvents(number)
                    if missing == 0 { times.last = (ContinuousClock.now - start).nanoseconds }
                }
            }
        }
        return times
    }

    private func readEvents(_ stream: Int) throws(HTTPFailure) -> Int {
        let event = server.event
        return try streams[stream].readEvents(event.prefix, linesAfter: event.linesAfter, &scratch)
    }
}
