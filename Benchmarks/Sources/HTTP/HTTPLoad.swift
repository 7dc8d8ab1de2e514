import ConfigBench

/// The same request over several connections at the same time, each waiting for its response before the next.
///
/// One thread serves all of them and sleeps until one can be read, so that the server has as much of the machine as it can use.
final class HTTPLoad {
    static let connections = 8
    private static let requests = 10_000

    private let request: [UInt8]
    private let status: Int
    private let clients: [HTTPConnection]
    private let readiness: Readiness

    /// - Parameter etag: what the client has already; every response is expected to say so.
    init(port: Int, _ path: String, etag: String? = nil) throws {
        request = HTTPConnection.request(path, etag: etag)
        status = etag == nil ? 200 : 304
        clients = try (0..<Self.connections).map { _ in try HTTPConnection(port: port) }
        readiness = try Readiness()
        for (number, client) in clients.enumerated() { try readiness.add(client.descriptor, as: number) }
    }

    func measure(_ name: String) throws -> Measurement {
        _ = try run(Self.requests / 10)
        let start = ContinuousClock.now
        let latencies = try run(Self.requests)
        let seconds = (ContinuousClock.now - start).nanoseconds / 1e9
        return Measurement(name: name, perSecond: Double(Self.requests) / seconds, samples: latencies)
    }

    /// Nanoseconds from each request to its response.
    private func run(_ requests: Int) throws(HTTPFailure) -> [Double] {
        var latencies: [Double] = []
        latencies.reserveCapacity(requests)
        var sentAt = clients.map { _ in ContinuousClock.now }
        for client in clients { try client.send(request) }
        while latencies.count < requests {
            let ready = readiness.wait(atMost: .seconds(10))
            guard !ready.isEmpty else { throw HTTPFailure(description: "No response came.") }
            for number in ready {
                let answer = try clients[number].answer()
                guard answer.status == status else {
                    throw HTTPFailure(description: "The response was \(answer.status).")
                }
                latencies.append((ContinuousClock.now - sentAt[number]).nanoseconds)
                // Those that are still under way are among the last.
                guard latencies.count + clients.count <= requests else { continue }
                sentAt[number] = .now
                try clients[number].send(request)
            }
        }
        return latencies
    }
}
