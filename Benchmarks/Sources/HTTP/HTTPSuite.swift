/// `GET` of a head from a registry in a process of its own, beside a constant of the same server; the memory of streams.
struct HTTPSuite {
    static let path = "/api/configs/parsing?environment=prod"
    private static let rounds = 3

    let program: String
    let mongodbURI: String?
    /// How many streams are open, in this order.
    let streams: [Int]

    func measure(_ report: Report) async throws {
        let store = GrowthStore(mongodbURI: mongodbURI)
        let server = try RegistryProcess(program: program, store: store.options)
        do {
            try measure(server, report)
        } catch {
            server.stop()
            try await store.remove()
            throw error
        }
        server.stop()
        try await store.remove()
    }

    private func measure(_ server: RegistryProcess, _ report: Report) throws {
        let client = try HTTPConnection(port: server.port)
        try client.publish(Sample.text(2_048, port: 5_432), to: Self.path)
        let etag = try client.get(Self.path).etag
        let load = HTTPLoad(port: server.port)
        for _ in 0..<Self.rounds {
            report.add(try load.measure("GET a constant (/health/live)", "/health/live"))
            report.add(try load.measure("GET 200, 2 KB", Self.path))
            report.add(try load.measure("GET 304", Self.path, etag: etag))
        }
        try streams(server, report)
    }

    /// Publish to received by the last of many streams, and what a stream takes of the registry's memory.
    private func streams(_ server: RegistryProcess, _ report: Report) throws {
        let contents = (0..<2).map { Sample.text(2_048, port: 5_433 + $0) }
        let before = try server.residentBytes
        let fanOut = try FanOut(server)
        for count in streams {
            try fanOut.grow(to: count)
            var samples: [Double] = []
            for round in 0..<(count > 1_000 ? 20 : 100) { samples.append(try fanOut.time(contents[round % 2])) }
            report.add(Measurement(name: "publish until the last of \(count) streams has it", samples: samples))
            let bytes = try server.residentBytes - before
            report.note("bytes_per_stream_of_\(count)", "memory of the registry a stream, of \(count)", bytes / count)
        }
    }
}
