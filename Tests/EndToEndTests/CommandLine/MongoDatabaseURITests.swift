import ConfigModel
import Testing

@testable import configbus

@Suite("A MongoDB URI with another database")
struct MongoDatabaseURITests {
    @Test(
        "keeps servers, login and options, and where the login is looked up",
        arguments: [
            ("mongodb://a:1,b:2", "mongodb://a:1,b:2/new"),
            ("mongodb://a:1/", "mongodb://a:1/new"),
            ("mongodb://a:1/?replicaSet=rs0", "mongodb://a:1/new?replicaSet=rs0"),
            ("mongodb://a/old?replicaSet=rs0", "mongodb://a/new?replicaSet=rs0"),
            ("mongodb+srv://a.example/old", "mongodb+srv://a.example/new"),
            ("mongodb://u:p@a/old", "mongodb://u:p@a/new?authSource=old"),
            ("mongodb://u:p@a", "mongodb://u:p@a/new?authSource=admin"),
            ("mongodb://u:p@a/old?tls=true", "mongodb://u:p@a/new?tls=true&authSource=old"),
            ("mongodb://u:p@a/old?authSource=x", "mongodb://u:p@a/new?authSource=x"),
        ])
    func replacing(uri: String, expected: String) throws {
        #expect(try MongoDatabaseURI.replacing(databaseOf: uri, with: "new") == expected)
    }

    @Test("is refused when it is none")
    func otherScheme() {
        #expect(throws: CommandFailure.self) { try MongoDatabaseURI.replacing(databaseOf: "http://a", with: "new") }
    }
}

@Suite("Contents of a benchmark")
struct BenchContentTests {
    @Test(
        "have the length that was asked for, are canonical and differ",
        arguments: [64, 65, 200, 511, 2_048, 65_536, 1 << 20, 4 << 20])
    func lengths(size: Int) throws {
        let content = BenchContent(size: size)
        let first = try content.content(0)
        let second = try content.content(1_234_567)
        #expect(first.bytes.count == size)
        #expect(second.bytes.count == size)
        #expect(first != second)
        let limits = ContentLimits(maximumBytes: size)
        #expect(try Content(parsing: first.bytes, limits: limits).bytes == first.bytes)
    }
}

@Suite("Latencies")
struct LatencyHistogramTests {
    @Test("are told to three digits")
    func percentiles() {
        var histogram = LatencyHistogram()
        for number in 1...1_000 { histogram.record(.microseconds(number)) }
        #expect(abs(histogram.milliseconds(atPercentile: 50) - 0.5) < 0.001)
        #expect(abs(histogram.milliseconds(atPercentile: 99) - 0.99) < 0.001)
        #expect(histogram.longestMilliseconds == 1)
        #expect(histogram.count == 1_000)
    }

    @Test("are zero when there are none")
    func empty() {
        #expect(LatencyHistogram().milliseconds(atPercentile: 50) == 0)
        #expect(LatencyHistogram().longestMilliseconds == 0)
    }
}
