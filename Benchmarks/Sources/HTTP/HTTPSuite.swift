import Glibc

/// A registry in a process of its own: `GET` of a head beside a constant of as many bytes; streams, and their memory.
struct HTTPSuite {
    static let path = "/api/configs/parsing?environment=prod"
    /// Many short ones: what the machine does beside it goes up and down by the second.
    private static let rounds = 21

    let program: String
    let mongodbURI: String?
    /// How many streams are open, in this order.
    let streams: [Int]
    /// A Redis beside which streams are measured; nil when there is none.
    let redisPort: Int?
    /// Milliseconds before each publication to streams, in which all tasks go to sleep.
    let pause: Int

    /// Measures `GET`.
    func measureReads(_ report: Report) async throws { try await measure { try reads($0, report) } }

    /// Measures streams.
    func measureStreams(_ report: Report) async throws { try await measure { try streams($0, report) } }

    private func measure(_ body: (ServerProcess) throws -> Void) async throws {
        let store = GrowthStore(mongodbURI: mongodbURI)
        let server = try ServerProcess.registry(program, store: store.options)
        do {
            let client = try HTTPConnection(port: server.port)
            try client.publish(Sample.text(2_048, port: 5_432), to: Self.path)
            try body(server)
        } catch {
            server.stop()
            try await store.remove()
            throw error
        }
        server.stop()
        try await store.remove()
    }

    private func reads(_ server: ServerProcess, _ report: Report) throws {
        let etag = try HTTPConnection(port: server.port).get(Self.path).etag
        let constant = try ServerProcess.constant(size: 2_048)
        defer { constant.stop() }
        for _ in 0..<Self.rounds {
            report.add(try HTTPLoad(port: constant.port, ConstantServer.path).measure("GET a constant, 2 KB"))
            report.add(
                try HTTPLoad(port: constant.port, ConstantServer.cachedPath).measure(
                    "GET a constant before the router, 2 KB"))
            report.add(try HTTPLoad(port: server.port, Self.path).measure("GET 200, 2 KB"))
            report.add(try HTTPLoad(port: server.port, Self.path, etag: etag).measure("GET 304"))
        }
    }

    /// Publish to received by the last of many streams, interleaved with Redis, and what a stream takes of the registry's memory.
    private func streams(_ server: ServerProcess, _ report: Report) throws {
        let contents = (0..<2).map { Sample.text(2_048, port: 5_433 + $0) }
        let before = try server.residentBytes
        let broadcasters = [Broadcaster.registry(port: server.port)] + (redisPort.map { [.redis(port: $0)] } ?? [])
        let fanOuts = try broadcasters.map { try FanOut($0) }
        for count in streams {
            var samples: [[FanOut.Times]] = broadcasters.map { _ in [] }
            for fanOut in fanOuts { try fanOut.grow(to: count) }
            for round in 0..<(count > 1_000 ? 20 : 100) {
                for (number, fanOut) in fanOuts.enumerated() {
                    usleep(useconds_t(pause * 1_000))
                    samples[number].append(try fanOut.time(contents[round % 2]))
                }
            }
            for (broadcaster, samples) in zip(broadcasters, samples) {
                let suffix = pause > 0 ? ", after a pause" : ""
                report.add(
                    Measurement(
                        name: "publish until the last of \(count) \(broadcaster.name) has it\(suffix)",
                        samples: samples.map(\.last)))
                report.add(
                    Measurement(
                        name: "publish to \(count) \(broadcaster.name) until it is answered\(suffix)",
                        samples: samples.map(\.answer)))
            }
            let bytes = try server.residentBytes - before
            report.note("bytes_per_stream_of_\(count)", "memory of the registry a stream, of \(count)", bytes / count)
        }
    }
}
