import ConfigModel
import TestSupport

/// A `configbus watch` in its own process.
struct RunningWatcher: Sendable {
    let process: ChildProcess

    /// What it reported, in order.
    func lines() throws -> [WatchLine] {
        try process.output.lines.map(WatchLine.init(parsing:))
    }

    /// What it reported about one document.
    func lines(about key: DocumentKey) throws -> [WatchLine] {
        try lines().filter { $0.key == key }
    }

    /// The versions of a document that it took over.
    func applied(_ key: DocumentKey) throws -> [Int64] {
        try lines(about: key).filter { $0.outcome == "applied" }.map(\.version)
    }

    /// Waits for an outcome of one version, with this content if a number can come twice.
    @discardableResult
    func report(
        _ outcome: String, _ version: Int64, of key: DocumentKey, hash: String? = nil
    ) async throws -> WatchLine {
        for await text in process.output {
            let line = try WatchLine(parsing: text)
            guard hash == nil || line.contentHash == hash else { continue }
            if line.key == key, line.version == version, line.outcome == outcome { return line }
        }
        throw NeverReported(outcome: outcome, version: version, transcript: process.transcript)
    }
}

/// A watcher ended, or the time did, before it reported what a test waited for.
struct NeverReported: Error, CustomStringConvertible {
    let outcome: String
    let version: Int64
    let transcript: String

    var description: String { "version \(version) was never \(outcome)\n\(transcript)" }
}

extension TestBench {
    /// How a watcher hears of changes.
    enum WatcherSource: Sendable, CaseIterable {
        case rabbitMQ
        case serverSentEvents
    }

    /// Starts a watcher of documents in the environment `prod`; `broker` leads to the broker through a proxy.
    func startWatcher(
        of services: String..., at registry: RunningRegistry, over source: WatcherSource = .rabbitMQ,
        broker: String? = nil, _ arguments: [String] = []
    ) throws -> RunningWatcher {
        try startWatcher(of: services, at: registry, over: source, broker: broker, arguments)
    }

    /// Starts a watcher of documents in the environment `prod`; `broker` leads to the broker through a proxy.
    func startWatcher(
        of services: [String], at registry: RunningRegistry, over source: WatcherSource = .rabbitMQ,
        broker: String? = nil, _ arguments: [String] = []
    ) throws -> RunningWatcher {
        var line = ["watch"] + services + ["--environment", "prod", "--output", "json"]
        if source == .rabbitMQ {
            line += ["--amqp-uri", try broker ?? brokerURI(), "--exchange", exchange]
        }
        return RunningWatcher(process: try start(line + arguments, environment: ["CONFIGBUS_URL": registry.url]))
    }
}
