/// Times single operations.
@main
struct Main {
    static func main() async throws {
        let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
        let report = Report(isJSON: arguments.isJSON)
        report.begin()
        if arguments.takes("code") { try await code(report) }
        if arguments.takes("http"), let program = arguments.configbus {
            let streams = [1, 100, 1_000, 10_000].filter { $0 <= arguments.streams }
            try await HTTPSuite(program: program, mongodbURI: arguments.mongodbURI, streams: streams).measure(report)
        }
        if arguments.takes("growth") { try await GrowthSuite(arguments).measure(report) }
    }

    private static func code(_ report: Report) async throws {
        for size in [2_048, 65_536] {
            let sample = try Sample(size: size)
            for benchmark in try sample.json + sample.documents + sample.events {
                report.add(try benchmark.measure())
            }
            for measurement in try await WatcherSuite(sample).measure() { report.add(measurement) }
        }
    }
}
