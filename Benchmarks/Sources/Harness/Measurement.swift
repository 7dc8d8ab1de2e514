/// What one operation took.
struct Measurement {
    let name: String
    /// The bytes that one run handles; nil when a rate in bytes says nothing.
    let bytes: Int?
    /// Runs in a second, when several went on at a time.
    let perSecond: Double?
    /// Nanoseconds a run.
    let median: Double
    let percentile99: Double
    let slowest: Double

    init(name: String, bytes: Int? = nil, perSecond: Double? = nil, samples: [Double]) {
        let samples = samples.sorted()
        self.name = name
        self.bytes = bytes
        self.perSecond = perSecond
        median = samples[samples.count / 2]
        percentile99 = samples[samples.count * 99 / 100]
        slowest = samples[samples.count - 1]
    }

    var megabytesPerSecond: Double? { bytes.map { Double($0) * 1_000 / median } }
}

extension Benchmark {
    private static let sampleCount = 5
    private static let sampleTime = Duration.milliseconds(100)

    /// Times samples that are long enough for the clock.
    func measure() throws -> Measurement {
        var times = 1
        // Warms up as well.
        while try time(times) < Self.sampleTime { times *= 2 }
        var samples: [Double] = []
        for _ in 0..<Self.sampleCount { samples.append(try time(times).nanoseconds / Double(times)) }
        return Measurement(name: name, bytes: bytes, samples: samples)
    }

    private func time(_ times: Int) throws -> Duration {
        let start = ContinuousClock.now
        try run(times)
        return ContinuousClock.now - start
    }
}

extension Duration {
    var nanoseconds: Double { Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9 }
}
