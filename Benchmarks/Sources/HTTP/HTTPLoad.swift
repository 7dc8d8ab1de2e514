import Foundation

/// The same request over several connections at the same time, each waiting for its answer before the next.
struct HTTPLoad {
    static let connections = 8
    private static let requests = 40_000

    let port: Int

    func measure(_ name: String, _ path: String, etag: String? = nil) throws -> Measurement {
        let clients = try (0..<Self.connections).map { _ in try HTTPConnection(port: port) }
        let request = HTTPConnection.request(path, etag: etag)
        let status = etag == nil ? 200 : 304
        run(clients, request, times: 500, status)
        for client in clients { client.latencies = [] }
        let start = ContinuousClock.now
        run(clients, request, times: Self.requests / Self.connections, status)
        let seconds = (ContinuousClock.now - start).nanoseconds / 1e9
        if let failure = clients.compactMap(\.failure).first { throw failure }
        return Measurement(
            name: name, perSecond: Double(Self.requests) / seconds, samples: clients.flatMap(\.latencies))
    }

    private func run(_ clients: [HTTPConnection], _ request: [UInt8], times: Int, _ status: Int) {
        DispatchQueue.concurrentPerform(iterations: clients.count) { number in
            clients[number].repeat(request, times: times, expecting: status)
        }
    }
}
