import Foundation

/// Times single operations.
@main
struct Main {
    static func main() async {
        do {
            try await run()
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("configbus-benchmarks: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() async throws {
        let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
        if arguments.suite == "constant" { return try await ConstantServer(size: arguments.size).run() }
        let report = Report(isJSON: arguments.isJSON)
        report.begin()
        if arguments.takes("group") { try await GroupSuite().measure(report) }
        if arguments.takes("code") { try await code(report) }
        if let program = arguments.configbus {
            let streams = [1, 100, 1_000, 10_000].filter { $0 <= arguments.streams }
            let suite = HTTPSuite(
                program: program, mongodbURI: arguments.mongodbURI, streams: streams,
                redisPort: arguments.redisPort, pause: arguments.pause)
            if arguments.takes("http") { try await suite.measureReads(report) }
            if arguments.takes("streams") { try await suite.measureStreams(report) }
        }
        if arguments.takes("growth") { try await GrowthSuite(arguments).measure(report) }
    }

    private static func code(_ report: Report) async throws {
        for benchmark in try SchemaSuite.benchmarks() { report.add(try benchmark.measure()) }
        for size in [2_048, 65_536] {
            let sample = try Sample(size: size)
            for benchmark in try sample.json + sample.documents + sample.events + sample.checks {
                report.add(try benchmark.measure())
            }
            for measurement in try await WatcherSuite(sample).measure() { report.add(measurement) }
        }
    }
}
